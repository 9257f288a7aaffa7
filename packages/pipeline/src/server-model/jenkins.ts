/** `Jenkins.get()` for trusted libraries: a class of its own in each build's interpreter, since it knows the build. */
import type { Computation, NativeClass, Signatures, Value } from '@millrace/groovy';
import { JavaList } from '@millrace/groovy';
import { itemNamed } from './items.ts';
import type { ModelObject } from './model-object.ts';
import type { Server, ServerNodes } from './server-asks.ts';

const JENKINS = 'jenkins.model.Jenkins';
const NODE = 'hudson.model.Node';
const COMPUTER = 'hudson.model.Computer';
type NodeFacts = ServerNodes['nodes'][number];

export function jenkinsClasses(server: Server): NativeClass[] {
  const instance = jenkinsObject(server);
  const getters = (...names: readonly string[]): Pick<NativeClass, 'restricted' | 'trusted'> => ({
    restricted: names.map((name) => `staticMethod ${name}`),
    trusted: { statics: Object.fromEntries(names.map((name) => [`${name}()`, () => instance])) as Signatures },
  });
  return [
    { name: JENKINS, ...getters('get', 'getInstance', 'getInstanceOrNull', 'getActiveInstance') },
    { name: 'hudson.model.Hudson', superclass: JENKINS, ...getters('getInstance') },
  ];
}

function jenkinsObject(server: Server): ModelObject {
  const { facts } = server.execution;
  const named = (name: Value = null) => server.defer(itemNamed(server, server.execution.rt.str(name)));
  const nodes = (of: (node: NodeFacts) => Value, keep: (name: string) => boolean = () => true) =>
    server.defer(
      (function* (): Computation {
        const answer = yield* server.ask('serverNodes', {});
        return new JavaList(answer.nodes.filter((node) => keep(node.name)).map(of));
      })(),
    );
  const one = (of: (node: NodeFacts) => Value, name: Value) =>
    server.defer(
      (function* (): Computation {
        const answer = yield* server.ask('serverNodes', {});
        const found = answer.nodes.find((node) => node.name === name);
        return found === undefined ? null : of(found);
      })(),
    );
  return server.object(JENKINS, JENKINS, {
    getRootUrl: () => facts.rootUrl,
    getItemByFullName: named,
    getItem: named,
    getNodes: () => nodes((node) => nodeObject(server, node)),
    getNode: (name = null) => one((node) => nodeObject(server, node), name),
    getComputers: () => nodes((node) => computerObject(server, node)),
    getComputer: (name = null) => one((node) => computerObject(server, node), name),
  });
}

function nodeObject(server: Server, node: NodeFacts): ModelObject {
  return server.object(NODE, `${NODE}[${node.name}]`, {
    getNodeName: () => node.name,
    getDisplayName: () => node.name,
    getNodeDescription: () => node.description,
    getLabelString: () => node.labels.join(' '),
    getNumExecutors: () => node.executors,
    toComputer: () => computerObject(server, node),
    getComputer: () => computerObject(server, node),
  });
}

function computerObject(server: Server, node: NodeFacts): ModelObject {
  return server.object(COMPUTER, `${COMPUTER}[${node.name}]`, {
    getName: () => node.name,
    getDisplayName: () => node.name,
    getNumExecutors: () => node.executors,
    isOnline: () => node.online,
    isOffline: () => !node.online,
    getNode: () => nodeObject(server, node),
  });
}
