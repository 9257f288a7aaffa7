input id: 'go', message: 'Go on?'
echo 'went on'
