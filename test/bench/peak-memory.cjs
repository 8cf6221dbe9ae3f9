// Preloaded into a measured process: says its peak memory in kilobytes on descriptor 3 when it ends.
process.on('exit', () => require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS)));
