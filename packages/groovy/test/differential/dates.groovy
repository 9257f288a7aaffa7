def d = new Date(1700000000000L)
println d
println d.time
println d.toString()
println d.format('yyyy-MM-dd')
println d.format('yyyy-MM-dd HH:mm:ss')
println d.format("yyyy-MM-dd'T'HH:mm:ss'Z'")
println d.format('EEE, d MMM yyyy')
println d.format('yy/M/d h:mm a')
println d.format('EEEE MMMM')
println d.format('DDD w W F E u')
println d.format('S SSS')
println d.format('z Z X')
println d + 1
println d - 1
println d.next()
println d.previous()
println((d + 7) - d)
println d.plus(30).format('yyyy-MM-dd')
println d < d + 1
println d == new Date(d.time)
println d.before(d + 1)
println d.after(d)
println d.compareTo(d + 1)
println d.equals(new Date(1700000000000L))
println d.hashCode()
println d[Calendar.YEAR]
println d[Calendar.MONTH]
println d[Calendar.DAY_OF_MONTH]
println d[Calendar.DAY_OF_WEEK]
println d[Calendar.HOUR_OF_DAY]
println d.year
println d.month
println d.date
println d.hours
println d.day
println d.clearTime()
println d
println Date.parse('yyyy-MM-dd', '2024-02-29')
println Date.parse('yyyy-MM-dd HH:mm', '2024-02-29 13:45').time
println Date.parse('dd/MM/yyyy', '15/03/2021').format('yyyyMMdd')
try { Date.parse('yyyy-MM-dd', 'nope') } catch (e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" }
def sdf = new java.text.SimpleDateFormat('yyyy-MM-dd HH:mm:ss z')
sdf.timeZone = TimeZone.getTimeZone('America/New_York')
println sdf.format(new Date(1700000000000L))
sdf.setTimeZone(TimeZone.getTimeZone('GMT+2'))
println sdf.format(new Date(0))
println sdf.parse('2024-01-01 00:00:00 UTC').time
def cal = Calendar.getInstance(TimeZone.getTimeZone('UTC'))
cal.setTimeInMillis(0)
println cal.get(Calendar.YEAR)
cal.set(2024, Calendar.FEBRUARY, 28)
cal.add(Calendar.DAY_OF_MONTH, 2)
println cal.time
println cal.getActualMaximum(Calendar.DAY_OF_MONTH)
cal[Calendar.YEAR] = 2025
println cal[Calendar.YEAR]
println cal.format('yyyy-MM-dd')
println new Date(0).toGMTString()
println new GregorianCalendar(2024, 0, 1).time.format('yyyy-MM-dd')
use(groovy.time.TimeCategory) {
  def base = new Date(0)
  println((base + 1.day).time)
  println((base + 2.hours + 30.minutes).time)
  println((base + 1.week).time)
  println((base + 1.month).format('yyyy-MM-dd'))
  println((base - 1.second).time)
  println 3.days.toString()
  println((2.hours + 5.minutes).toString())
  println(((base + 90.minutes) - base).toString())
}
println java.time.LocalDate.of(2024, 2, 28).plusDays(2)
println java.time.LocalDate.parse('2024-12-31').plusMonths(2)
println java.time.LocalDate.of(2024, 1, 1).dayOfWeek
println java.time.Duration.ofMinutes(135)
println java.time.Instant.ofEpochSecond(1700000000)
println java.time.LocalDateTime.of(2024, 1, 2, 3, 4, 5)
println java.time.format.DateTimeFormatter.ofPattern('dd.MM.yyyy').format(java.time.LocalDate.of(2024, 5, 6))
println java.time.temporal.ChronoUnit.DAYS.between(java.time.LocalDate.of(2024, 1, 1), java.time.LocalDate.of(2024, 3, 1))
println java.time.ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, java.time.ZoneId.of('Europe/Paris'))
println java.util.concurrent.TimeUnit.MINUTES.toSeconds(2)
println new Date(2024 - 1900, 0, 1).format('yyyy-MM-dd')
println((new Date(0)..new Date(86400000L * 2)).size())
