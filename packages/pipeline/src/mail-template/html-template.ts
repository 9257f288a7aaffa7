/**
 * `groovy-html.template` as Millrace has it: how a build stands, what changed, which tests failed, what it left, and the end of
 * the log of one that failed. Styles stand at their elements, in tables, since programs that show mails know little else.
 */
export const HTML_TEMPLATE = String.raw`<%
  def esc = { value -> value == null ? '' : hudson.Util.xmlEscape(value.toString()).replace('"', '&quot;') }
  def url = rooturl == null ? null : rooturl + build.url
  def link = { text, address -> address == null ? esc(text) : '<a href="' + esc(address) + '" style="color:#0b57a4;text-decoration:none">' + esc(text) + '</a>' }
  def result = (build.result ?: 'SUCCESS').toString()
  def colour = [SUCCESS: '#1a7f37', UNSTABLE: '#9a6700', FAILURE: '#b42318', ABORTED: '#57606a', NOT_BUILT: '#57606a'][result] ?: '#57606a'
  def says = [SUCCESS: 'is successful', UNSTABLE: 'is unstable', FAILURE: 'failed', ABORTED: 'was aborted', NOT_BUILT: 'was not built'][result] ?: result
  def font = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'PingFang SC','Microsoft YaHei',sans-serif"
  def mono = "font-family:Consolas,Menlo,'Courier New',monospace;font-size:12px;line-height:1.5"
  def pre = mono + ';margin:6px 0 0;padding:8px 10px;background:#f6f8fa;border-radius:6px;color:#1f2328;white-space:pre-wrap;word-break:break-word'
  def card = 'padding:0 24px 20px'
  def h2 = 'margin:0 0 8px;padding-top:16px;border-top:1px solid #e4e7eb;font-size:15px;line-height:1.4;color:#1f2328'
  def quiet = 'color:#59636e'
  def plain = { line -> line.replaceAll('\\u001B\\[[0-9;]*[A-Za-z]', '') }
  def some = { text, most -> def lines = text.readLines(); lines.take(most).join('\n') + (lines.size() > most ? '\n…' : '') }
%><!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title><%= esc(project.fullName) %> #<%= build.number %></title></head>
<body style="margin:0;padding:0;background:#f2f4f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f7;<%= font %>;font-size:14px;line-height:1.5;color:#1f2328"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;max-width:720px;background:#ffffff;border:1px solid #dde1e6;border-radius:10px;border-collapse:separate;overflow:hidden">
<tr><td style="padding:20px 24px;background:<%= colour %>;color:#ffffff">
  <div style="font-size:13px;line-height:1.4;color:#ffffff"><%= esc(project.fullDisplayName) %></div>
  <h1 style="margin:2px 0 0;font-size:22px;line-height:1.3;color:#ffffff">Build <%= esc(build.displayName) %> <%= says %></h1>
</td></tr>
<tr><td style="padding:16px 24px 20px">
  <table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;font-size:14px;line-height:1.5">
<% [
    ['Project', link(project.fullName, rooturl == null ? null : rooturl + project.url)],
    ['Build', link('#' + build.number, url)],
    ['Result', '<b style="color:' + colour + '">' + esc(result) + '</b>'],
    ['Date', esc(it.timestampString)],
    ['Duration', esc(build.durationString)],
    ['Cause', build.causes.collect { cause -> esc(cause.shortDescription) }.join('<br>')],
    ['Description', esc(build.description)],
  ].findAll { row -> row[1] != '' }.each { row -> %>    <tr><td style="width:96px;padding:2px 12px 2px 0;vertical-align:top;<%= quiet %>"><%= row[0] %></td><td style="padding:2px 0;word-break:break-word"><%= row[1] %></td></tr>
<% } %>  </table>
<% if (url != null) { %>  <p style="margin:14px 0 0"><a href="<%= esc(url) %>console" style="display:inline-block;padding:7px 14px;background:<%= colour %>;border-radius:6px;color:#ffffff;text-decoration:none;font-weight:600">Open the log</a></p>
<% } %></td></tr>
<%
  def tests = it.JUnitTestResult
  if (!tests.isEmpty()) {
    def all = tests.first()
    def failed = all.failedTests.sort { a, b -> a.age <=> b.age }
%><tr><td style="<%= card %>">
  <h2 style="<%= h2 %>">Tests</h2>
  <div><%= link(all.totalCount + (all.totalCount == 1 ? ' test' : ' tests'), url == null ? null : url + 'testReport') %>: <b style="color:<%= all.failCount > 0 ? '#b42318' : '#1a7f37' %>"><%= all.failCount %> failed</b>, <%= all.skipCount %> skipped, <%= all.passCount %> passed<%= build.testResultAction.failureDiffString == '' ? '' : ' <span style="' + quiet + '">(failures' + esc(build.testResultAction.failureDiffString.replace(' / ', ' ')) + ' since the build before)</span>' %></div>
<% failed.take(50).eachWithIndex { test, i -> %>  <div style="margin-top:10px;padding-left:10px;border-left:3px solid #b42318">
    <div style="font-weight:600;word-break:break-word"><%= esc(test.fullName) %></div>
    <div style="font-size:12px;<%= quiet %>"><%= test.age <= 1 ? 'failed for the first time' : 'fails since #' + test.failedSince + ', ' + test.age + ' builds' %></div>
<% if (i < 10 && test.errorDetails) { %>    <pre style="<%= pre %>"><%= esc(some(test.errorDetails.trim(), 12)) %></pre>
<% } %><% if (i < 10 && test.errorStackTrace) { %>    <pre style="<%= pre %>;color:#59636e"><%= esc(some(test.errorStackTrace.trim(), 15)) %></pre>
<% } %>  </div>
<% } %><% if (all.failCount > 50) { %>  <p style="margin:10px 0 0;<%= quiet %>">… and <%= all.failCount - [50, failed.size()].min() %> more</p>
<% } %></td></tr>
<% } %><%
  def changes = build.changeSets.collectMany { set -> set.items as List }
%><tr><td style="<%= card %>">
  <h2 style="<%= h2 %>">Changes</h2>
<% if (changes.isEmpty()) { %>  <div style="<%= quiet %>">No changes</div>
<% } %><% changes.take(50).each { change ->
     def files = change.affectedFiles as List %>  <div style="margin-top:8px">
    <div style="word-break:break-word"><b><%= esc(change.msg) %></b></div>
    <div style="font-size:12px;<%= quiet %>"><%= esc(change.author) %><% if (change.commitId) { %> · <span style="<%= mono %>"><%= esc(change.commitId.take(10)) %></span><% } %></div>
<% if (!files.isEmpty()) { %>    <div style="<%= mono %>;<%= quiet %>;word-break:break-all"><%= files.take(15).collect { file -> '<span style="color:#1f2328">' + ([add: '+', delete: '−'][file.editType.name] ?: '~') + '</span> ' + esc(file.path) }.join('<br>') %><%= files.size() > 15 ? '<br>… and ' + (files.size() - 15) + ' more' : '' %></div>
<% } %>  </div>
<% } %><% if (changes.size() > 50) { %>  <p style="margin:10px 0 0;<%= quiet %>">… and <%= changes.size() - 50 %> more</p>
<% } %></td></tr>
<%
  def artifacts = build.artifacts
  if (!artifacts.isEmpty()) {
%><tr><td style="<%= card %>">
  <h2 style="<%= h2 %>">Artifacts</h2>
  <div style="word-break:break-all"><%= artifacts.take(50).collect { file -> link(file.relativePath, url == null ? null : url + 'artifact/' + file.href) }.join('<br>') %></div>
<% if (artifacts.size() > 50) { %>  <p style="margin:6px 0 0;<%= quiet %>">… and <%= artifacts.size() - 50 %> more</p>
<% } %></td></tr>
<% } %><% if (result == 'FAILURE') { %><tr><td style="<%= card %>">
  <h2 style="<%= h2 %>">End of the log</h2>
  <pre style="<%= pre %>"><%= esc(build.getLog(100).collect(plain).join('\n')) %></pre>
</td></tr>
<% } %></table>
</td></tr></table>
</body>
</html>
`;
