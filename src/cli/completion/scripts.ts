/**
 * Each script asks `node-tutor completion words` and gets a line for each candidate, with a tab and its description.
 * The last word, which is being typed, has a `=` before it, because not every shell passes an empty word on.
 */
export const SCRIPTS = {
  bash: `_node_tutor() {
  local current="\${COMP_WORDS[COMP_CWORD]}" line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == ':files' ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
    elif [[ -n $line ]]; then
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <(node-tutor completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}" "=$current" 2>/dev/null)
}
complete -F _node_tutor node-tutor
`,
  zsh: `#compdef node-tutor
_node_tutor() {
  local line
  local -a found
  for line in "\${(@f)$(node-tutor completion words -- "\${(@)words[2,CURRENT-1]}" "=\${words[CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == ':files' ]]; then
      _files
    elif [[ -n $line ]]; then
      found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done
  (( \${#found} )) && _describe -t values node-tutor found
}
compdef _node_tutor node-tutor
`,
  fish: `function __node_tutor_words
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  for line in (node-tutor completion words -- $words[2..-1] "=$current" 2>/dev/null)
    if test "$line" = ':files'
      __fish_complete_path "$current"
    else
      echo $line
    end
  end
end
complete -c node-tutor -f -a '(__node_tutor_words)'
`,
  powershell: `Register-ArgumentCompleter -Native -CommandName node-tutor -ScriptBlock {
  param($current, $ast, $position)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { "$_" })
  foreach ($line in @(& node-tutor completion words '--' @words "=$current" 2>$null)) {
    $value, $text = $line -split [char]9, 2
    if ($value -eq ':files') {
      [System.Management.Automation.CompletionCompleters]::CompleteFilename($current)
    } elseif ($value) {
      [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $(if ($text) { $text } else { $value }))
    }
  }
}
`,
} as const;
