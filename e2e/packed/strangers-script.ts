import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { TemporaryProject } from '../project/temporary-project.ts'
import { JSON_FORMATS, RUN_RESULT } from '../results/json-formats.ts'
import { listedCommands } from './listed-commands.ts'
import type { PackageManager } from './packed-manifest.ts'
import { INSTALL_MS, inPackedProject, packedProject } from './packed-project.ts'
import { SCRIPT } from './script-lines-data.ts'
import { SCRIPT_FILES } from './script-project.ts'

/** How every command accepts these is one line of the script each. */
const OF_EVERY_COMMAND: ReadonlySet<string> = new Set(['--help', '--debug'])

/** Installs the packed packages into an empty folder, and tries every command there, with every option. */
export function describeStrangersScript(manager: PackageManager): void {
  describe(`a project into which ${manager} has installed the packed packages`, () => {
    let project: TemporaryProject
    const shell = (line: string) => inPackedProject(project, ['sh', '-c', line])

    beforeAll(async () => {
      const dependencies = {
        cairnml: 'packed',
        '@cairnml/core': 'packed',
        '@cairnml/plugin-arrow': 'packed',
        '@cairnml/plugin-git': 'packed',
        '@cairnml/testing': 'packed',
        'apache-arrow': '21.2.0',
        zod: '4.6.7',
      }
      project = await packedProject({ manager, dependencies })
      project.write(SCRIPT_FILES)
    }, INSTALL_MS)

    afterAll(() => project[Symbol.dispose]())

    const lines = SCRIPT.map(([line, prints, expected]) => ({ line, prints, ...expected }))
    it.each(lines)('$line', async ({ line, prints, code = 0, stderr = /^$/ }) => {
      const { stdout, ...ended } = await shell(line)

      expect(ended, stdout).toMatchObject({ code, stderr: expect.stringMatching(stderr) })
      expect(stdout).toMatch(prints)
      if (line.includes(' --json')) expect(problemsOfJson(line, stdout)).toEqual([])
    })

    it('has no command and no option that the script leaves out', async () => {
      const listed = await listedCommands(async (words) => {
        const { code, stdout, stderr } = await shell(['cairn', ...words, '--help'].join(' '))
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        return stdout
      })

      expect(listed.length).toBeGreaterThan(40)
      expect(listed.flatMap(({ name, options }) => untried(name, options))).toEqual([])
    })
  })
}

/** What is wrong with the JSON of a line, which says itself in what format it is. */
function problemsOfJson(line: string, stdout: string): readonly string[] {
  return stdout
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .flatMap((text) => {
      // Sound: where it is anything else, the format is none that there is.
      const { format, ...content } = JSON.parse(text) as { readonly format: keyof typeof JSON_FORMATS }
      const isResult = format === 'cairn.run/1' && !line.includes('run show')
      const schema = isResult ? RUN_RESULT : JSON_FORMATS[format]
      if (schema === undefined) return [`${format} is not known`]
      return (schema.safeParse(content).error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    })
}

/** The command, if no line calls it, and those of its options that no line gives it. */
function untried(name: string, options: readonly string[]): readonly string[] {
  const lines = SCRIPT.map(([line]) => `${line} `).filter((line) => line.includes(`cairn ${name} `))
  if (lines.length === 0) return [`cairn ${name}`]
  return options
    .filter((option) => !OF_EVERY_COMMAND.has(option) && !lines.some((line) => line.includes(` ${option} `)))
    .map((option) => `cairn ${name} ${option}`)
}
