import java.text.SimpleDateFormat
def tz = TimeZone.getTimeZone('UTC')
def d = new Date(1700000000000L)
def f = new SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss.SSSZ"); f.timeZone = tz
println f.format(d)
println d.format('yyyyMMdd-HHmmss', tz)
println d.format('EEE, d MMM yyyy h:mm a', tz)
println Date.parse('yyyy-MM-dd', '2024-02-29').format('dd/MM/yy')
println((d + 1).format('yyyy-MM-dd') + ' ' + (d - 30).format('yyyy-MM-dd'))
println d.clearTime().format('HH:mm')
println((Date.parse('yyyy-MM-dd', '2024-03-01') - Date.parse('yyyy-MM-dd', '2024-02-01')))
println new Date(0) < new Date(1)
println new Date(0).before(new Date(5)) && new Date(5).after(new Date(0))
def c = Calendar.getInstance(tz); c.timeInMillis = 0
c.add(Calendar.MONTH, 14); c.set(Calendar.DAY_OF_MONTH, 31)
println c.time.format('yyyy-MM-dd')
println c.get(Calendar.DAY_OF_WEEK) + ' ' + c[Calendar.WEEK_OF_YEAR]
use (groovy.time.TimeCategory) {
  println((new Date(0) + 36.hours).format('yyyy-MM-dd HH:mm'))
  println((3.days + 4.hours - 10.minutes).toString())
  println((1.week).days + ' ' + (90.seconds).toMilliseconds())
  def diff = new Date(100000000) - new Date(0)
  println "${diff.days}d ${diff.hours}h ${diff.minutes}m ${diff.seconds}s"
  println 2.months > 1.month
  println((1.year + 2.months).toString())
  println 3.days == 3.days
}
def dur(long ms) { long s = ms.intdiv(1000); String.format('%02d:%02d:%02d', s.intdiv(3600), s.intdiv(60) % 60, s % 60) }
println dur(3723000)
println String.format('%tY-%<tm-%<td %<tH:%<tM', new Date(0))
println sprintf('%tF', new Date(86400000L))
println java.time.Duration.ofSeconds(3725).toString()
println java.time.LocalDate.parse('2024-01-31').plusMonths(1)
println java.time.Instant.ofEpochMilli(0).toString()
println java.time.LocalDateTime.parse('2024-01-01T10:00:00').format(java.time.format.DateTimeFormatter.ofPattern('dd.MM.yy HH:mm'))
println new Date(124, 0, 15).format("'week' w")
