import { expect, it } from 'vitest';
import { RestartPolicy } from '../../client/src/common/restart-policy.js';

it('starts a server again three times within the window, not a fourth', () => {
  const policy = new RestartPolicy(3, 1000);
  expect([0, 100, 200, 300].map((now) => policy.mayRestart(now))).toEqual([true, true, true, false]);
});

it('forgives what is long ago', () => {
  const policy = new RestartPolicy(1, 1000);
  expect(policy.mayRestart(0)).toBe(true);
  expect(policy.mayRestart(999)).toBe(false);
  expect(policy.mayRestart(2000)).toBe(true);
});

it('begins anew when the user restarts the server', () => {
  const policy = new RestartPolicy(1, 1000);
  policy.mayRestart(0);
  policy.reset();
  expect(policy.mayRestart(1)).toBe(true);
});
