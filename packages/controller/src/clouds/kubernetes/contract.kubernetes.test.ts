/** A real cluster keeps the contract of clouds. */
import { describe } from 'node:test';
import { cloudContract } from '../testing/cloud-contract.ts';
import { BUSYBOX, SKIP, TestCluster } from './testing/cluster.ts';

const templates = [{ name: 'idle', label: 'idle', agentInjection: false, containers: [{ name: 'jnlp', image: BUSYBOX, command: 'sleep', args: '3600' }] }];

describe('a Kubernetes cluster', { skip: SKIP }, () => {
  cloudContract('kubernetes', async () => {
    const cluster = await TestCluster.open();
    const { kubeconfig, cut } = await cluster.cuttable();
    return {
      cloud: cluster.cloud({ kubeconfig, templates }),
      template: 'idle',
      again: () => cluster.cloud({ templates }),
      cutOff: cut,
      close: () => cluster.close(),
    };
  });
});
