def t = { c -> try { println c() } catch (Throwable e) { println "${e.class.name}: ${e.message?.readLines()?.getAt(0)}" } }
t { new Date(0).format('yyyy-MM-dd') }
t { new Date(0)+1 }
t { (new Date(0)+10)-new Date(0) }
t { Date.parse('yyyy-MM-dd','2020-02-28')+2 }
t { new Date(86400000L).time }
t { new Date(0)<new Date(1) }
t { new Date(0).format('EEE MMM dd') }
t { Date.parse('yyyy-MM-dd HH:mm','2021-03-04 05:06').format('dd/MM/yy h:mm a') }
t { new Date(1e12 as long).format('yyyy') }
t { Date.parse('yyyyMMdd','20240229')[Calendar.DAY_OF_YEAR] }
t { new Date(0).equals(new Date(0)) }
t { java.time.LocalDate.of(2024,1,31).plusMonths(1) }
t { java.time.Duration.ofSeconds(3661) }
t { java.time.LocalDate.parse('2024-03-10').dayOfWeek.toString() }
t { java.time.Instant.ofEpochMilli(0).toString() }
