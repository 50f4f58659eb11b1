#compdef @NAME@
# Completion of @NAME@ for zsh. To have it, behind compinit in ~/.zshrc: eval "$(@NAME@ completion zsh)"
@WORDS@
_@NAME@() {
  local line
  local -a typed plain names described
  typed=("${(@)words[2,CURRENT-1]}" "$PREFIX")
  for line in "${(@f)$(__@NAME@_words "${typed[@]}")}"; do
    case $line in
      '') ;;
      :files) compset -P '--*=' ; _files ;;
      :directories) compset -P '--*=' ; _files -/ ;;
      :programs) _command_names -e ;;
      *$'\t'*) described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
      *=) names+=("$line") ;;
      *) plain+=("$line") ;;
    esac
  done
  ((! $#described)) || _describe -t words @NAME@ described
  ((! $#names)) || compadd -S '' -a names
  ((! $#plain)) || compadd -a plain
}
if [ "$funcstack[1]" = "_@NAME@" ]; then
  _@NAME@ "$@"
else
  compdef _@NAME@ @NAME@
fi
