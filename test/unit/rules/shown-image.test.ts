import { expect, test } from 'vitest';
import { shownImage } from '../../../server/src/rules/_images.js';

test('a long name keeps its end, from a slash on', () => {
  expect(shownImage('postgres:16')).toBe('postgres:16');
  expect(shownImage('image-registry.openshift-image-registry.svc:5000/openshift/tools:latest')).toBe(
    '…/openshift/tools:latest',
  );
  const name = 'x'.repeat(100);
  expect(shownImage(name)).toHaveLength(59);
});
