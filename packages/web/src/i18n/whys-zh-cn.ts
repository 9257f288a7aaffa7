/** 等待原因，按其代码；这里没有的，显示服务器自己的文字。 */
export const whysZhCN: Readonly<Record<string, string>> = {
  'label-unknown': '没有带标签‘{{label}}’的节点',
  'label-offline': '带标签‘{{label}}’的节点全部离线',
  'label-busy': '正在等待‘{{label}}’上的空闲执行器',
  'node-offline': '节点‘{{node}}’离线',
  'node-not-accepting': '节点‘{{node}}’不接受任务',
  'node-busy': '正在等待‘{{node}}’上的空闲执行器',
  'server-full': '已有 {{running}} 个构建在运行，达到服务器上限 {{maximum}}',
  'shutting-down': 'Millrace 即将关闭',
  'job-moving': '任务正在移动',
  'cloud-asked': '已向云 {{cloud}} 申请节点（{{template}}）',
  'controller-label-unknown': '没有带标签‘{{label}}’的控制器',
};
