/** `groovy-text.template` as Millrace has it: what `groovy-html.template` tells, as plain text. */
export const TEXT_TEMPLATE = String.raw`<%
  def url = rooturl == null ? null : rooturl + build.url
  def result = (build.result ?: 'SUCCESS').toString()
  def heading = { text -> out.println(); out.println(text.toUpperCase()) }
  def indented = { text, most ->
    def lines = text.readLines()
    lines.take(most).each { line -> out.println('      ' + line) }
    if (lines.size() > most) out.println('      …')
  }
  def more = { count -> if (count > 0) out.println('  … and ' + count + ' more') }

  out.println(project.fullDisplayName + ' ' + build.displayName + ': ' + result)
  out.println()
  if (url != null) out.println('Build:       ' + url)
  out.println('Project:     ' + project.fullName)
  out.println('Date:        ' + it.timestampString)
  out.println('Duration:    ' + build.durationString)
  build.causes.each { cause -> out.println('Cause:       ' + cause.shortDescription) }
  if (build.description) out.println('Description: ' + build.description)

  def tests = it.JUnitTestResult
  if (!tests.isEmpty()) {
    def all = tests.first()
    heading('Tests')
    out.println('  ' + all.totalCount + ' tests: ' + all.failCount + ' failed, ' + all.skipCount + ' skipped, ' + all.passCount + ' passed')
    def failed = all.failedTests.sort { a, b -> a.age <=> b.age }
    failed.take(50).eachWithIndex { test, i ->
      out.println('  - ' + test.fullName + (test.age > 1 ? ' (fails since #' + test.failedSince + ')' : ' (failed for the first time)'))
      if (i < 10 && test.errorDetails) indented(test.errorDetails.trim(), 12)
      if (i < 10 && test.errorStackTrace) indented(test.errorStackTrace.trim(), 15)
    }
    more(all.failCount - [50, failed.size()].min())
  }

  heading('Changes')
  def changes = build.changeSets.collectMany { set -> set.items as List }
  if (changes.isEmpty()) out.println('  No changes')
  changes.take(50).each { change ->
    out.println('  ' + (change.commitId ? change.commitId.take(10) + ' ' : '') + change.msg + ' (' + change.author + ')')
    def files = change.affectedFiles as List
    files.take(15).each { file -> out.println('      ' + file.editType.name + ' ' + file.path) }
    if (files.size() > 15) out.println('      … and ' + (files.size() - 15) + ' more')
  }
  more(changes.size() - 50)

  def artifacts = build.artifacts
  if (!artifacts.isEmpty()) {
    heading('Artifacts')
    artifacts.take(50).each { file -> out.println('  ' + (url == null ? file.relativePath : url + 'artifact/' + file.href)) }
    more(artifacts.size() - 50)
  }

  if (result == 'FAILURE') {
    heading('End of the log')
    build.getLog(100).each { line -> out.println('  ' + line.replaceAll('\\u001B\\[[0-9;]*[A-Za-z]', '')) }
  }
%>`;
