println 'hello'.collect { (char) ((it as char) ^ 32) }.join()
char c = 'a'
println c & 15
println c | 1
println c << 1
println c * 2
println c / 2
println c % 10
println c > 96
