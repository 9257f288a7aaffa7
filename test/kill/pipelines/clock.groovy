def first = System.currentTimeMillis()
def r = new Random().nextInt(1000000)
sleep time: 50, unit: 'MILLISECONDS'
echo "later: ${System.currentTimeMillis() >= first}"
node {
  writeFile file: 'number', text: "$r"
  sh 'test -s number && echo written'
  echo "same: ${readFile('number') == "$r"}"
}
echo "${UUID.randomUUID().toString().size()}"
