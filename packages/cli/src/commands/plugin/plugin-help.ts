/** What `cairn plugin --help` prints. */
export const PLUGIN_HELP = `Add plugins to a project, look at them, remove them, and make and check your own.

Usage: cairn plugin <command> [options]

Commands:
  list                    List the installed plugins: version, components, whether a stack uses them, faults
  show <plugin>...        Show what installed plugins supply, their options, and the lines of a stack file
  add <name>...           Install plugins with the project's package manager and show what they supply
  remove <plugin>...      Uninstall plugins that no stack uses
  create <name>           Write the package of a new plugin: a component that works, with tests
  check <plugin>          Run the conformance suites of @cairnml/testing on the components of a plugin

Options:
  --dev                   add: to devDependencies
  --force                 remove: also plugins that stacks use
  --dry-run               add, remove: print the command of the package manager, and end
  --port COMPONENT        create: what the plugin supplies; check: only components of this kind
  --dir FOLDER            create: where the package is written, where it is not cairnml-plugin-<name>
  --options JSON          check: the options of the components; {fresh} in a text is another word for every test
  --durable               check: also what another one finds that is opened over the same state
  --skip TEST=REASON      check: leave out a test, or a section of them, for a reason (repeatable)
  --json                  Print the result as JSON
  --debug                 Print stacks with errors
  -h, --help              Print this help

A plugin is meant by its short name (s3 is @cairnml/plugin-s3, else cairnml-plugin-s3) or that of its package; add takes a
tarball or a folder, too, and check the path of a folder or a file.
`
