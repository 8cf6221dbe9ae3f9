import type { ConfigTemplateResult } from '../../protocol/protocol.js';
import { configTemplate as template } from '../../workspace/config-template.js';

export function configTemplate(): ConfigTemplateResult {
  return { text: template() };
}
