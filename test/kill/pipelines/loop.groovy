node {
  def total = 0
  for (int i = 0; i < 3; i++) { sh "echo round $i"; total += i }
  echo "total $total"
}
