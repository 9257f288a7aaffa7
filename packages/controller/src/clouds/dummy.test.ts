/** The dummy keeps the contract that it is the example of. */
import { CloudError } from './cloud.ts';
import { DummyCloud } from './dummy.ts';
import { cloudContract } from './testing/cloud-contract.ts';

cloudContract('dummy', () => {
  const cloud = new DummyCloud({
    offers: [{ template: 'small', labels: ['small'], executors: 1, mode: 'normal', idleMinutes: null, cap: null, connectSeconds: 60 }],
  });
  return {
    cloud,
    template: 'small',
    again: () => cloud,
    cutOff: () => {
      cloud.away = new CloudError('MR_CLOUD_AWAY', 'nobody answers');
      return () => {
        cloud.away = null;
      };
    },
    close: () => undefined,
  };
});
