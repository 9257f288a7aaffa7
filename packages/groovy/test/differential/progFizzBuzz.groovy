(1..30).each { n -> println n % 15 == 0 ? 'FizzBuzz' : n % 5 == 0 ? 'Buzz' : n % 3 == 0 ? 'Fizz' : n }
def rules = [3: 'Fizz', 5: 'Buzz', 7: 'Bazz']
println((1..21).collect { n -> rules.findAll { n % it.key == 0 }*.value.join() ?: n }.join(' '))
for (int i = 1; i <= 15; i++) { String s = ''; if (i % 3 == 0) s += 'F'; if (i % 5 == 0) s += 'B'; print((s ?: i) + ',') }
println()
