/**
 * 等待原因，按其代码；缺少任何一个代码都无法通过类型检查。{{message}} 是服务器自己的文字，{{until}} 等时间按本地格式显示。
 * 同一代码有几种情况的，以 `代码.情况` 为键（如 cloud-full 的 cap）。
 */
import type { WhyCode } from '@millrace/protocol';

type Case = `cloud-full.${'cloud' | 'template' | 'namespace' | 'folder'}`;

export const whysZhCN: Readonly<Record<WhyCode | Case, string>> = {
  'label-malformed': '标签表达式‘{{label}}’有误（第 {{column}} 列）：{{reason}}',
  'label-unknown': '没有带标签‘{{label}}’的节点',
  'label-offline': '带标签‘{{label}}’的节点全部离线',
  'label-not-accepting': '带标签‘{{label}}’的在线节点都不接受任务：{{nodes}}',
  'label-busy': '正在等待‘{{label}}’上的空闲执行器',
  'node-unknown': '没有节点‘{{node}}’',
  'node-offline': '节点‘{{node}}’离线',
  'node-not-accepting': '节点‘{{node}}’不接受任务',
  'node-busy': '正在等待‘{{node}}’上的空闲执行器',
  'node-exclusive': '节点只供标签匹配的任务使用',
  'nodes-unknown': '还没有任何节点，正在等待可用的执行器',
  'nodes-offline': '全部节点离线：{{nodes}}',
  'nodes-not-accepting': '在线节点都不接受任务：{{nodes}}',
  'nodes-exclusive': '节点只供标签匹配的任务使用：{{nodes}}',
  'nodes-busy': '正在等待空闲的执行器',
  'category-full': '限流类别‘{{category}}’已有 {{running}} 个构建在运行，达到上限 {{maximum}}',
  'job-throttled': '任务 {{job}} 已有 {{running}} 个构建在运行，达到上限 {{maximum}}',
  'folder-full': '文件夹 {{folder}} 的构建在云 {{cloud}} 上的节点已达上限（caps.folders：{{most}}）',
  'server-full': '已有 {{running}} 个构建在运行，达到服务器上限 {{maximum}}',
  'rate-limited': '构建频率受限，{{until}} 后可以开始',
  quiet: '处于静默期，{{until}} 结束',
  'build-in-progress': '构建 #{{number}} 正在进行',
  superseded: '已被 #{{number}} 取代',
  'job-moving': '任务正在移动',
  'job-disabled': '任务已禁用',
  'job-deleted': '任务已删除',
  'shutting-down': 'Millrace 即将关闭',
  'controller-label-unknown': '没有带标签‘{{label}}’的控制器',
  lock: '正在等待锁‘{{lock}}’，排在第 {{position}} 位：{{message}}',
  started: '已作为 #{{number}} 开始',
  granted: '已分配节点 {{node}} 的执行器 {{executor}}',
  'cloud-asked': '已向云 {{cloud}} 申请节点（{{template}}）',
  'cloud-scheduled': '云 {{cloud}} 已安排节点：{{message}}',
  'cloud-pulling': '正在拉取镜像：{{message}}',
  'cloud-connecting': '节点已启动，代理正在连接：{{message}}',
  'cloud-failed': '云 {{cloud}} 未能提供节点（{{template}}）：{{message}}',
  'cloud-full': '云 {{cloud}} 的节点已达上限 {{most}}',
  'cloud-full.cloud': '云 {{cloud}} 的节点已达上限（cap：{{most}}）',
  'cloud-full.template': '云 {{cloud}} 中模板 {{template}} 的节点已达上限（instanceCap：{{most}}）',
  'cloud-full.namespace': '云 {{cloud}} 在命名空间 {{namespace}} 中的节点已达上限（caps.namespaces：{{most}}）',
  'cloud-full.folder': '文件夹 {{folder}} 的构建在云 {{cloud}} 上的节点已达上限（caps.folders：{{most}}）',
  'cloud-moved-on': '云 {{cloud}} 的节点改到其他位置：{{message}}',
};
