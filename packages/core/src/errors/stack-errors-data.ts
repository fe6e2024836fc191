function place(at: string | undefined): string {
  return at === undefined ? '' : ` (${at})`
}

/** Whatever a variable or a file holds in place of a name. */
function shortened(name: string): string {
  return name.length > MAX_SHOWN ? `${name.slice(0, MAX_SHOWN)}...` : name
}

const MAX_SHOWN = 200

/** Faults of stacks, plugins and the container. */
export const STACK_ERRORS = {
  CAIRN_STACK_UNKNOWN: {
    message: (d: {
      readonly name: string
      readonly known: readonly string[]
      readonly nearest?: string | undefined
      readonly by?: string | undefined
      /** Why no stack can have the name. */
      readonly reason?: string | undefined
    }): string =>
      `There is no stack named "${shortened(d.name)}"${d.by === undefined ? '' : ` (chosen by ${d.by})`}${
        d.reason === undefined ? '' : `, and none can be: ${d.reason}`
      }.${d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`} Known: ${d.known.join(', ')}.`,
    hint: 'A stack is the file stacks/<name>.yaml beside cairn.yaml, or is passed as defineStack({ ... }). `cairn stack list` shows those of the project.',
  },
  CAIRN_STACK_INVALID: {
    message: (d: {
      readonly stack: string
      readonly path: string
      readonly problem: string
      /** What to do, where it is known. */
      readonly remedy?: string | undefined
    }): string => `The stack "${d.stack}" is not valid at ${d.path}: ${d.problem}.`,
    hint: (d: { readonly remedy?: string | undefined }): string =>
      d.remedy ??
      'A stack has an orchestrator, artifactStore, metadataStore and cachePolicy; each is { use: name, ...options }.',
  },
  CAIRN_PLUGIN_MISSING: {
    message: (d: {
      readonly use: string
      readonly tried: readonly string[]
      readonly from: string
      readonly install: string
      readonly at?: string | undefined
      /** An installed package of that very name, which is no plugin. */
      readonly library?: string | undefined
    }): string =>
      `No plugin supplies "${d.use}"${place(d.at)}: ${d.tried.join(' and ')} cannot be found from ${d.from}${
        d.library === undefined ? '' : `, and the package ${d.library}, which is there, is no plugin`
      }.`,
    hint: (d: { readonly install: string; readonly library?: string | undefined }): string =>
      d.library === undefined
        ? `Install it: ${d.install}`
        : `Name a plugin: \`cairn plugin list\` shows those that are here. If there is one for ${d.library}, install it: ${d.install}`,
  },
  CAIRN_PLUGIN_AMBIGUOUS: {
    message: (d: {
      readonly use: string
      readonly found: readonly string[]
      readonly at?: string | undefined
    }): string => `"${d.use}"${place(d.at)} could mean several plugins: ${d.found.join(', ')}.`,
    hint: 'Write the whole package name in the stack.',
  },
  CAIRN_PLUGIN_VERSION: {
    message: (d: {
      readonly plugin: string
      readonly made: string
      readonly present: string
      readonly install: string
      readonly remedy?: string | undefined
      readonly at?: string | undefined
    }): string => `The plugin ${d.plugin}${place(d.at)} is made for ${d.made}, and this is ${d.present}.`,
    hint: (d: { readonly install: string; readonly remedy?: string | undefined }): string =>
      d.remedy ?? `Install versions that go together: ${d.install}`,
  },
  CAIRN_PLUGIN_INVALID: {
    message: (d: {
      readonly plugin: string
      readonly problem: string
      readonly at?: string | undefined
      /** What to do, where it is known. */
      readonly remedy?: string | undefined
      /** Whether it has no default export at all, as a package of types of values. */
      readonly isLibrary?: boolean | undefined
    }): string => `The plugin ${d.plugin}${place(d.at)} cannot be used: ${d.problem}.`,
    hint: (d: { readonly remedy?: string | undefined }): string =>
      d.remedy ?? 'A plugin is the default export of its package, made by definePlugin({ name, components }).',
  },
  CAIRN_COMPONENT_OPTIONS: {
    message: (d: {
      readonly component: string
      readonly problem: string
      /** The command that shows what it takes, where there is one. */
      readonly command?: string | undefined
    }): string => `The options of ${d.component} are not valid: ${d.problem}.`,
    hint: (d: { readonly command?: string | undefined }): string =>
      d.command === undefined
        ? 'Compare them with the options that the plugin declares.'
        : `\`${d.command}\` shows the options that it takes.`,
  },
  CAIRN_COMPONENT_CHECK: {
    message: (d: { readonly component: string; readonly problem: string }): string =>
      `The check of ${d.component} failed: ${d.problem}.`,
    hint: 'Nothing was changed by it. `cairn stack validate --check` and `cairn doctor` check again.',
  },
  CAIRN_STACK_SECRET: {
    message: (d: { readonly at: string; readonly problem: string; readonly remedy: string }): string =>
      `The secret at ${d.at} cannot be used: ${d.problem}.`,
    hint: (d: { readonly remedy: string }): string => `${d.remedy} Secrets are neither stored nor shown.`,
  },
  CAIRN_SETTINGS_INVALID: {
    message: (d: {
      /** Invocation id. */
      readonly step: string
      readonly stepName?: string | undefined
      readonly path: string
      readonly problem: string
    }): string => `The settings of step "${d.step}" are not valid at ${d.path}: ${d.problem}.`,
    hint: "Compare them with the settings in the plugin's README. What is in force is joined from the run, the step and its pipelines.",
  },
  CAIRN_SETTINGS_UNKNOWN: {
    message: (d: {
      /** Invocation id. */
      readonly step: string
      readonly stepName?: string | undefined
      readonly name: string
      readonly nearest?: string | undefined
    }): string =>
      `The settings of step "${d.step}" are for "${d.name}", which no installed plugin supplies.${
        d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`
      }`,
    hint: 'Settings are given by the type of a component, or by its place in the stack: orchestrator, cachePolicy.',
  },
  CAIRN_CAPABILITY_MISSING: {
    message: (d: {
      readonly component: string
      readonly lacking: string
      readonly capability: string
      /** Port of the component that lacks it. */
      readonly port: string
      readonly meaning: string
      readonly at?: string | undefined
    }): string =>
      `The ${d.component}${place(d.at)} cannot work with the ${d.lacking}, which lacks the capability ${d.capability}: ${d.meaning}.`,
    hint: (d: { readonly port: string; readonly capability: string }): string =>
      `Use another ${d.port} in the stack, one that provides ${d.capability}; docs/stacks.md lists the capabilities.`,
  },
  CAIRN_STACK_FILE: {
    message: (d: { readonly stack: string; readonly problem: string }): string =>
      `The file of the stack "${d.stack}" cannot be changed: ${d.problem}.`,
    hint: '`cairn stack list` shows the stacks of the project. Nothing was changed.',
  },
  CAIRN_TOKEN_MISSING: {
    message: (d: { readonly token: string }): string => `Nothing in this stack supplies ${d.token}.`,
    hint: 'Add a component that provides it to the stack.',
  },
  CAIRN_TOKEN_TWICE: {
    message: (d: { readonly token: string }): string => `Two components of this stack supply ${d.token}.`,
    hint: 'Leave one of them out.',
  },
}
