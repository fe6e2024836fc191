import { PLUGIN_PORTS, PORT_MEANINGS } from './plugin-ports.ts'

const width = Math.max(...PLUGIN_PORTS.map((port) => port.length))

/** What `npm create cairnml -- --help` prints. */
export const CREATE_HELP: string = `Start a project of Cairn, or a plugin, in a new or empty folder.

Usage: npm create cairnml [folder]
       npm create cairnml -- [folder] [--name NAME] [options]
       npm create cairnml -- --plugin COMPONENT <name> [--dir FOLDER] [options]

Options:
  --name NAME         Name of the project, where it is not that of the folder
  --plugin COMPONENT  Start the plugin cairnml-plugin-<name>, which supplies one of the components below
  --dir FOLDER        Folder of the plugin, where it is not that of its name
  -y, --yes           Ask nothing
  --json              Print what was created as JSON; asks nothing
  -h, --help          Print this help
  --version           Print the version

Components:
${PLUGIN_PORTS.map((port) => `  ${port.padEnd(width)}  ${PORT_MEANINGS[port]}\n`).join('')}`
