// A step with named arguments, and one with none.
def call(Map args = [:]) {
    echo "[${args.get('level', 'info')}] ${args.text ?: 'nothing to say'}"
}

def loudly(String text) {
    call(level: 'LOUD', text: text.toUpperCase())
}
