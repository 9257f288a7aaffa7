package org.acme
class Tool implements Serializable {
  def script
  Tool(script) { this.script = script }
  int twice(int x) { script.echo "doubling $x"; x * 2 }
}
