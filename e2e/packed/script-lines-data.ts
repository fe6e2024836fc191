/** What a line of the script has to give. */
export interface Expected {
  /** @default 0 */
  readonly code?: number
  /** On standard error, where nothing else may be printed. @default nothing */
  readonly stderr?: RegExp
}

/** A line as it is typed into a shell, what standard output has to hold, and what else is expected. */
export type ScriptLine = readonly [line: string, prints: RegExp, expected?: Expected]

const STEPS_REUSED = /Using cached version of load\.[^]*Using cached version of report\./

/** A project is set up, and pipelines run with every option. */
const RUNNING: readonly ScriptLine[] = [
  ['cairn --version', /^\d+\.\d+\.\d+\S*\n$/],
  ['cairn version', /^cairn \d\S+\nnode v\d+\.\S+\nplatform \w+-\w+\n$/],
  ['cairn version --json', /"cairn":"\d/],
  ['cairn init --dry-run --json', /"written":false/],
  ['cairn init --yes', /write {2}src\/hello\.pipeline\.ts/],
  ['cairn init fresh --yes', /write {2}cairn\.yaml/],
  ['cairn init', /has all that it needs/],
  ['cairn run hello', /Step count_letters has finished[^]*Pipeline run hello-\S+ has finished/],
  ['cairn run hello --plan', /Plan of pipeline hello \(version 1\):\n {2}greet +reused\n/],
  ['cairn run training.ts --plan --json', /"state":"runs"/],
  [
    'cairn run training.ts --name first --tag s7 --tag slow --report first.json',
    /Registered pipeline training \(version 1\)[^]*fitting 3 rows\n\[train\] label none[^]*Pipeline run first has finished/,
  ],
  ['cairn run training.ts --name {{what}}_run --substitution what=again', STEPS_REUSED],
  ['cairn run training.ts training --param gamma=0.2 --param-text label=007', /\[train\] label 007/],
  ['cairn run training.ts -p gamma=0.2 --step-param train.rate=0.5 --tag s7', /parameter rate 1 -> 0\.5/],
  ['cairn run training.ts --config nightly.yaml --substitution kind=full', /Pipeline run nightly_full has finished/],
  ['cairn run training.ts --force --name forced', /cache=write[^]*fitting 3 rows/],
  ['cairn run training.ts --no-cache', /caching disabled[^]*fitting 3 rows/],
  ['cairn run training.ts --cache read', STEPS_REUSED],
  ['cairn run training.ts --refresh train', /Using cached version of load\.[^]*fitting 3 rows/],
  ['cairn run training.ts --json', /"status":"cached"/, { stderr: /Using cached version of load/ }],
  ['cairn run training.ts --progress plain --stack default', STEPS_REUSED],
  ['cairn run training.ts --no-live', STEPS_REUSED],
  [
    'cairn run training.ts -p gamma=7 --name broken --failure-mode continue-on-failure',
    /Step report is skipped: train failed\./,
    { code: 1, stderr: /^CAIRN_RUN_FAILED: .*gamma is too large\. \(training\.ts:15\)/ },
  ],
  ['cairn run asking.ts --env-file ci.env --name asked', /the token is \*\*\*\n/],
  ['cairn run training.ts -p gama=1', /^$/, { code: 2, stderr: /^CAIRN_PARAMETER_UNKNOWN: [^]*gamma/ }],
  [
    'cairn run training.ts -p gama=1 --json',
    /"code":"CAIRN_PARAMETER_UNKNOWN"/,
    { code: 2, stderr: /^CAIRN_PARAMETER_UNKNOWN/ },
  ],
  ['cairn run training.ts -p gama=1 --debug', /^$/, { code: 2, stderr: /\n {4}at / }],
  ['cairn rum', /^$/, { code: 2, stderr: /^CAIRN_COMMAND_USAGE: / }],
  ['node main.ts', /Using cached version of report[^]*RESULT "# gamma 0\.1, rate 1"/],
  ['node --import cairnml/register ordinary.ts', /RESULT "large"/],
  ['cairn run ordinary.ts', /Using cached version of measure[^]*RESULT "large"/],
  [
    'cairn sweep training.ts training -p gamma=0.1,0.2,0.4 --param-text label=x --tag swept --metric acc --goal max',
    /gamma=0\.4/,
  ],
  ['cairn sweep training.ts -p gamma=0.1..0.3:0.1 --plan', /Plan of a sweep of pipeline training:/],
  ['cairn sweep training.ts --param gamma=0.1,0.2 --plan --json', /"plan":/],
  [
    'cairn sweep training.ts -p gamma=0.1,0.2 --json --parallel 2 --name s --metric acc',
    /"best":"s-1"/,
    { stderr: /./ },
  ],
  [
    'cairn sweep training.ts -p gamma=log:1e-3..1e-1:9 --random 2 --seed a --max-runs 2 --step-param train.rate=0.5 ' +
      '--name {{what}} --substitution what=picked --cache read --refresh train --stack default',
    /picked-2/,
  ],
  ['cairn sweep training.ts --config nightly.yaml -p gamma=0.5,0.6 --name n --no-cache', /n-2/],
  [
    'cairn sweep training.ts -p gamma=0.5,7 --force --failure-mode fail-fast',
    /1 completed, 1 failed\./,
    { code: 1, stderr: /CAIRN_RUN_FAILED/ },
  ],
  ['cairn sweep asking.ts --env-file ci.env --name asking-swept', /asking-swept/],
  [
    'cairn sweep training.ts -p gamma=0..9:0.001 --debug',
    /^$/,
    { code: 2, stderr: /^CAIRN_COMMAND_USAGE: These are 9001 runs/ },
  ],
]

/** What has run is looked at. */
const READING: readonly ScriptLine[] = [
  ['cairn run list', /NAME[^]*first/],
  ['cairn run list --json --limit 2 --stack default', /"cursor":/],
  ['cairn run list --pipeline training@1 --status cached --name again', /again_run/],
  [
    'cairn run list --tag s7 --tag slow --csv --columns name,status,params.gamma,metrics.acc',
    /^name,.*\nfirst,completed,0\.1,0\.9\n$/,
  ],
  ["cairn run list --where 'metrics.acc > 0.85 and params.gamma <= 0.1' --sort metrics.acc --reverse", /first/],
  ['cairn run list --since 1d --until 2099-01-01 --limit 3 --page 2', /NAME/],
  [
    'cairn run list --limit 1 --cursor $(cairn run list --json --limit 1 | node -p "JSON.parse(fs.readFileSync(0)).cursor")',
    /NAME/,
  ],
  ['cairn run list --from first.json', /first/],
  ['cairn run show', /Run \S+ of pipeline/],
  ['cairn run show first', /stack default, tags s7, slow\n[^]*report +completed/],
  ['cairn run show training@last --json --stack default', /"pipeline":"training"/],
  ['cairn run show broken', /gamma is too large/],
  ['cairn run show --from first.json --json', /"name":"first"/],
  ['cairn run compare first broken', /params\.gamma/],
  ["cairn run compare first --steps 't*' --sort metrics.acc", /train/],
  ['cairn run compare first nightly_full --differing --csv', /params\.gamma/],
  ['cairn run compare first forced --json --stack default', /"of":"runs"/],
  ['cairn run compare first again_run --from first.json', /^$/, { code: 2, stderr: /CAIRN_RUN_UNKNOWN/ }],
  ['cairn run logs first', /fitting 3 rows/],
  ['cairn run logs first --follow --step train', /fitting 3 rows/, { stderr: /^Run first ended: completed/ }],
  ['cairn run logs broken --follow --json', /"status":"failed"/, { stderr: /^Run broken ended: failed/ }],
  ['cairn run logs first train --stream log --attempt 1 --timestamps', /\d\d:\d\d:\d\d\S* .*label none/],
  ['cairn run logs first --json --stack default', /"text":"fitting 3 rows"/],
  ['cairn run sync', /./],
  ['cairn run sync --json --stack default', /^$/],
  ['cairn explain', /Run \S+ of pipeline/],
  ['cairn explain first train --stack default', /train/],
  ['cairn explain again_run train --against first', /train/],
  ['cairn explain --from first.json first', /Run first of pipeline training/],
  ['cairn explain nightly_full --json', /"changes":/],
  ['cairn pipeline list --stack default', /hello[^]*training/],
  ['cairn pipeline list --json', /"name":"training"/],
  ['cairn pipeline show training --limit 2 --stack default', /training/],
  ['cairn pipeline show training --json', /"versions":\[/],
  ['cairn pipeline versions training --stack default', /1 /],
  ['cairn pipeline versions training --json', /"pipeline":"training"/],
  ['cairn artifact list first --stack default', /parquet/],
  ["cairn artifact list first --steps 'lo*' --type parquet-table --json", /"step":"load"/],
  ['cairn artifact show first/load --stack default', /parquet/],
  ['cairn artifact show first/train/notes --json', /"madeBy":/],
  ['cairn artifact cat first/train/notes --stack default', /gamma 0\.1, rate 1/],
  ['cairn artifact cat first/report --json', /"value":"# gamma 0\.1, rate 1"/],
  ['cairn artifact cat first/load --raw --file table.parquet', /^PAR1/],
  ['cairn artifact export first/load table.parquet --stack default', /table\.parquet/],
  ['cairn artifact export first/load table.parquet --force --json', /"path":/],
  ['cairn artifact lineage first/report --stack default', /train/],
  ['cairn artifact lineage first/load --down --limit 5 --json', /"direction":"down"/],
]

/** Stacks, and what plugins offer. */
const STACKS: readonly ScriptLine[] = [
  [
    'git init --quiet && git add training.ts && git -c user.name=a -c user.email=a@localhost commit --quiet -m Train',
    /^$/,
  ],
  ['cairn orchestrator list', /local +@cairnml\/plugin-local/],
  ['cairn orchestrator list --json', /"use":"local"/],
  ['cairn orchestrator describe local --json', /"type":"local"/],
  ['cairn orchestrator describe local', /concurrency +integer/],
  ['cairn artifact-store list --json', /"use":"local"/],
  ['cairn artifact-store describe local --json', /"path"/],
  ['cairn metadata-store list', /sqlite/],
  ['cairn metadata-store list --json', /"use":"sqlite"/],
  ['cairn metadata-store describe sqlite --json', /"type":"sqlite"/],
  ['cairn metadata-store describe sqlite', /sqlite/],
  ['cairn cache-policy list', /content[^]*git +@cairnml\/plugin-git/],
  ['cairn cache-policy list --json', /"use":"git"/],
  ['cairn cache-policy describe git --json', /"type":"git"/],
  ['cairn cache-policy describe git', /paths/],
  ['cairn cache-index list', /sqlite/],
  ['cairn cache-index list --json', /"use":"sqlite"/],
  ['cairn cache-index describe sqlite --json', /"type":"sqlite"/],
  ['cairn cache-index describe sqlite', /sqlite/],
  [
    "cairn stack register small --orchestrator 'local concurrency=1' --artifact-store 'local path=small'",
    /stacks\/small\.yaml/,
  ],
  [
    'cairn stack register git --extends small.yaml --cache-policy \'git paths=["training.ts"]\' --metadata-store sqlite --check --json',
    /"name":"git"/,
  ],
  ['cairn stack register own --cache-policy ./own-policy.ts --allow-code --set', /own/],
  ['cairn stack list', /own +local.*own-policy[^]*small/],
  ['cairn stack list --json', /"active":/],
  ['cairn stack get', /own \(stacks\/own\.yaml\), chosen by `cairn stack set`/],
  ['cairn stack get --stack small --json', /"name":"small"/],
  ['cairn stack set own --allow-code', /Stack own is set/],
  ['cairn run hello', /Using stack own/],
  ['cairn stack set default --check --json', /cairn\.stack-set\/1/],
  ['cairn stack describe git', /cachePolicy: git paths=/],
  ['cairn stack describe --json', /"components":/],
  ['cairn stack validate small --check', /can be used/],
  ['cairn stack validate own --allow-code --json', /"valid":true/],
  [
    "cairn stack update small --orchestrator 'local concurrency=2' --artifact-store 'local path=s' --cache-policy content --metadata-store sqlite",
    /small/,
  ],
  ['cairn stack update own --extends small.yaml --allow-code --check --set --json', /cairn\.stack-update\/1/],
  ['cairn stack remove-component small cache-policy metadata-store', /small/],
  ['cairn stack remove-component git metadata-store --allow-code --check --json', /cairn\.stack-remove-component\/1/],
  ['cairn stack copy small other', /other/],
  ['cairn stack copy small third --json', /"from":"small"/],
  ['cairn stack rename small tiny', /tiny/],
  ['cairn stack rename third fourth --json', /"before":"third"/],
  ['cairn stack export git git-copy.yaml', /git-copy\.yaml/],
  ['cairn stack export tiny --json', /cairn\.stack-export\/1/],
  ['cairn stack import git-copy.yaml --name imported', /imported/],
  ['cairn stack import git-copy.yaml --set --allow-code --check --json', /cairn\.stack-import\/1/],
  ['cairn stack delete other --yes', /other/],
  ['cairn stack delete fourth -y --json', /"deleted":true/],
  ['cairn stack set default', /Stack default is set/],
  ['cairn run training.ts --stack git', /Using stack git[^]*fitting 3 rows/],
  ['cairn run training.ts --stack git', STEPS_REUSED],
  ['cairn doctor', /ok +plugins +.*@cairnml\/plugin-git[^]*locks/],
  ['cairn doctor --stack own --allow-code --json', /"healthy":true/],
]

/** Plugins are made, checked, added and removed; e2e/plugins installs some. */
const PLUGINS: readonly ScriptLine[] = [
  ['cairn plugin list', /@cairnml\/plugin-git +\d\S+ .*can be used[^]*\* @cairnml\/plugin-local .*comes with Cairn/],
  ['cairn plugin list --json', /cairn\.plugin-list\/1/],
  ['cairn plugin create my-index --port cache-index --dir made/my-index', /Created plugin cairnml-plugin-my-index/],
  ['cairn plugin create my-index --port cache-index --json', /"kind":"plugin"/],
  ['cairn plugin check ./made/my-index/src/plugin.ts', /skipped +leases: [^]*It conforms/],
  [
    'cairn plugin check sqlite --port cache-index --options \'{"path":"a.sqlite"}\' --durable',
    /passed +races for leases[^]*It conforms/,
  ],
  ['cairn plugin check ./own-policy.ts --json', /"passed":true/],
  [
    "cairn plugin check local --port orchestrator --skip 'runs the work once and gives its manifest=slow'",
    /need not be left out[^]*It does not conform/,
    { code: 1 },
  ],
  ['cairn plugin add s3 --dry-run --dev', /(?:npm install|pnpm add) -D @cairnml\/plugin-s3\n.*cairnml-plugin-s3\n/],
  ['cairn plugin add ./s3.tgz --dry-run --json', /cairn\.plugin-plan\/1/],
  ['cairn stack register by-git --cache-policy git', /stacks\/by-git\.yaml/],
  ['cairn plugin remove git', /^$/, { code: 2, stderr: /^CAIRN_PLUGIN_IN_USE: .*stacks\/by-git\.yaml/ }],
  ['cairn plugin remove git --force --dry-run', /(?:npm uninstall|pnpm remove) @cairnml\/plugin-git\n/],
  ['cairn plugin remove arrow --dry-run --json', /cairn\.plugin-plan\/1/],
]

/** What is kept, and removing it; the shell. */
const KEEPING: readonly ScriptLine[] = [
  ['cairn cache ls --stack default', /train[^]*entries\./],
  ['cairn cache ls --step train --sort saved --limit 2', /train/],
  ['cairn cache ls --json', /"step":"train"/],
  ['cairn cache stats --runs 5 --stack default', /^Entries +\d+/],
  ['cairn cache stats --json', /"recent":/],
  [
    'cairn cache verify training.ts --sample 100% --seed a --stack default',
    /Verified 3 of 3 reusable results \(seed a\): none differs/,
  ],
  ['cairn cache verify training.ts --pipeline training --step train --param gamma=0.2 --json', /"state":"same"/],
  ['cairn cache accept training.ts train --stack default', /reused as it is/],
  [
    "sed -i.old 's/too large/too big/' training.ts && cairn cache accept training.ts train --dry-run --json",
    /"dryRun":true/,
  ],
  [
    'cairn cache accept training.ts train --pipeline training --param gamma=0.1 --reason reworded --force --yes',
    /Accepted\./,
  ],
  ['cairn run training.ts', STEPS_REUSED],
  ['cairn cache rm report --dry-run --stack default', /report/],
  ['cairn cache rm report --yes --json', /"dryRun":false/],
  ['cairn cache rm report', /^$/, { code: 2, stderr: /CAIRN_/ }],
  ['cairn cache prune --older-than 30d --keep-last 3 --dry-run --stack default', /./],
  ['cairn cache prune --max-size 1B --yes --json', /cairn\.cache-removal\/1/],
  ['cairn run training.ts', /fitting 3 rows/],
  ['cairn run rm --older-than 12h --keep-last 3 --dry-run --stack default', /nothing to remove/],
  ['cairn run rm broken --yes --json', /"dryRun":false/],
  ['cairn run show broken', /^$/, { code: 2, stderr: /^CAIRN_RUN_UNKNOWN: / }],
  ['cairn completion bash', /complete /],
  ['cairn help CAIRN_RUN_LOST', /^# CAIRN_RUN_LOST\n/],
  ['cairn help run list', /^List the runs of the project/],
  ['cairn completion zsh', /compdef/],
  ['cairn completion fish', /complete -c cairn/],
  ['cairn complete -- run show fir', /^first/],
  ['cairn complete -- doctor --stack ti', /^tiny/],
]

/** Every command and option, as a stranger tries them one after the other in a new folder. */
export const SCRIPT: readonly ScriptLine[] = [...RUNNING, ...READING, ...STACKS, ...PLUGINS, ...KEEPING]
