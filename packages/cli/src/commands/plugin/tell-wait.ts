/** Says whom a command waits for that is to change packages. */
export function tellWait({ pid, host }: { readonly pid: number; readonly host: string }): void {
  process.stderr.write(`Waiting for process ${pid} on ${host}, which is changing the packages of this project.\n`)
}
