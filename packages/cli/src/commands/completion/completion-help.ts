/** What `cairn completion --help` prints. */
export const COMPLETION_HELP: string = `Print a script with which a shell completes commands, options, files, pipelines, runs, steps and stacks.

Usage: cairn completion <shell> [options]

The shell is bash, zsh or fish. The script asks the cairn that is being typed, so it fits any version; it runs nothing of
yours.

To have it in every new shell (in zsh after compinit):
  bash   echo 'source <(cairn completion bash)' >> ~/.bashrc
  zsh    echo 'source <(cairn completion zsh)' >> ~/.zshrc
  fish   cairn completion fish > ~/.config/fish/completions/cairn.fish

Options:
  --debug                 Print stacks with errors
  -h, --help              Print this help
`
