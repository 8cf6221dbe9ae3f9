/** Files whose content a check reads, as patterns for the client's file watcher. */
export const WATCHED: readonly string[] = [
  '**/*.{py,pyw,pyi,ipynb}',
  '**/*.{yaml,yml,json,jsonc,toml,ini,cfg,conf,properties,env,dvc,tf}',
  '**/{MLproject,MLmodel,Pipfile,.env,.gitignore,CODEOWNERS}',
  '**/*.dockerignore',
  '**/{.env.*,*.lock}',
  '**/.dvc/{config,config.local}',
  '**/{Dockerfile,Containerfile}*',
  '**/*.{dockerfile,Dockerfile}',
  '**/*{requirements,constraints}*.{txt,in}',
  '**/requirements/*.{txt,in}',
];
