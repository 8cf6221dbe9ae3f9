import type { RuleContext } from '../engine/index.js';

const CONTAINER_FILES = ['Dockerfile', 'docker-compose.yml', 'docker-compose.yaml', 'compose.yaml', 'compose.yml'];

/** True with a Dockerfile or compose file beside a file or above it: what it starts has to listen on all interfaces there. */
export function runsInContainer({ path, workspace }: Pick<RuleContext<never>, 'path' | 'workspace'>): boolean {
  const parts = path.split('/').slice(0, -1);
  for (let depth = parts.length; depth >= 0; depth--) {
    const folder = depth === 0 ? '' : `${parts.slice(0, depth).join('/')}/`;
    if (CONTAINER_FILES.some((name) => workspace.has(folder + name))) return true;
  }
  return false;
}
