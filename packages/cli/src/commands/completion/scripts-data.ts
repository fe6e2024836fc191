/** The scripts of `cairn completion`, by shell. They ask the command that is being typed, and evaluate nothing of it. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `# Completion of cairn for bash: source <(cairn completion bash)
_cairn() {
  local reply follows=
  COMPREPLY=()
  while IFS= read -r reply; do
    if [ -z "$follows" ]; then follows=$reply; else COMPREPLY+=("$reply"); fi
  done < <("$1" complete --bash "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
  if [ "$follows" = more ]; then compopt -o nospace 2>/dev/null; fi
}
complete -o nosort -F _cairn cairn cairnml 2>/dev/null || complete -F _cairn cairn cairnml
`,
  zsh: `#compdef cairn cairnml
# Completion of cairn for zsh: source <(cairn completion zsh), or as the file _cairn in a folder of fpath
_cairn() {
  local reply value
  local -a whole parts wholeTexts partTexts
  while IFS= read -r reply; do
    value=\${reply%%$'\\t'*}
    case $value in
      */|*=) parts+=("$value"); partTexts+=("\${reply//$'\\t'/  -- }") ;;
      *) whole+=("$value"); wholeTexts+=("\${reply//$'\\t'/  -- }") ;;
    esac
  done < <("\${(Q)words[1]}" complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)
  compadd -l -V cairn -d wholeTexts -a -- whole
  compadd -l -V cairn -S '' -d partTexts -a -- parts
}
if [ "\${funcstack[1]}" = _cairn ]; then
  _cairn "$@"
elif (( $+functions[compdef] )); then
  compdef _cairn cairn cairnml
fi
`,
  fish: `# Completion of cairn for fish: cairn completion fish | source
function __cairn_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct | string unescape 2>/dev/null)
    $words[1] complete -- $words[2..-1] "$current" 2>/dev/null
end
complete -c cairn -f -k -a '(__cairn_complete)'
complete -c cairnml -f -k -a '(__cairn_complete)'
`,
}
