parallel a: { node { sh 'echo A' } }, b: { node { sh 'sleep 0.1; echo B' } }, failFast: true
echo 'joined'
