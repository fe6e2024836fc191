import { existsSync, globSync } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** Writes the folder of a new first-party plugin from `.templates/plugin` and gives its path from the root. */
export async function scaffoldPlugin(root: string, name: string): Promise<string> {
  if (!NAME.test(name)) throw new Error(`"${name}" is no name for a plugin: use lower case, digits and dashes.`)
  const path = `plugins/${name}`
  if (existsSync(join(root, path))) throw new Error(`${path} exists already.`)
  const template = join(root, '.templates/plugin')
  const files = globSync('**/*', { cwd: template, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const { parentPath, name: file } of files) {
    const source = join(parentPath, file)
    const target = join(root, path, fillIn(source.slice(template.length), name))
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, fillIn(await readFile(source, 'utf8'), name))
  }
  await copyFile(join(root, 'LICENSE'), join(root, path, 'LICENSE'))
  await addReference(join(root, 'tsconfig.json'), path)
  return path
}

function fillIn(text: string, name: string): string {
  const pascal = name.replace(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) => letter.toUpperCase())
  const screaming = name.replaceAll('-', '_').toUpperCase()
  return text.replaceAll('__name__', name).replaceAll('__Name__', pascal).replaceAll('__NAME__', screaming)
}

async function addReference(file: string, path: string): Promise<void> {
  const config = await readFile(file, 'utf8')
  await writeFile(file, config.replace(/ \}\n {2}\]/, ` },\n    { "path": "${path}" }\n  ]`))
}
