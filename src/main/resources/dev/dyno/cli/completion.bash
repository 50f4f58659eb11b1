# Completion of @NAME@ for bash. To have it: eval "$(@NAME@ completion bash)" in ~/.bashrc
@WORDS@
_@NAME@() {
  local line=${COMP_LINE:0:COMP_POINT} breaks=${COMP_WORDBREAKS//[^:=]/} cur cut= value word only_names=yes
  local -a typed found
  read -ra typed <<<"$line"
  [[ $line != *[[:blank:]] ]] || typed+=('')
  cur=${typed[${#typed[@]} - 1]}
  value=$cur
  [[ $cur != --*=* ]] || value=${cur#*=}
  # What readline counts as words before this one is not to be said again.
  [[ -z $breaks ]] || cut=${cur%"${cur##*["$breaks"]}"}
  COMPREPLY=()
  while IFS= read -r word; do
    found=()
    case $word in
      :files) mapfile -t found < <(compgen -f -- "$value") ;;
      :directories) mapfile -t found < <(compgen -d -- "$value") ;;
      :programs) [[ -z $value ]] || mapfile -t found < <(compgen -c -- "$value") ;;
      *)
        word=${word%%$'\t'*}
        [[ $word != "$cur"* ]] || COMPREPLY+=("${word#"$cut"}")
        ;;
    esac
    if ((${#found[@]})); then
      case $word in :files | :directories) compopt -o filenames 2>/dev/null ;; esac
      COMPREPLY+=("${found[@]}")
    fi
  done < <(__@NAME@_words "${typed[@]:1}")
  for word in "${COMPREPLY[@]}"; do
    [[ $word == *= ]] || only_names=
  done
  [[ -z $only_names ]] || compopt -o nospace 2>/dev/null
}
complete -F _@NAME@ @NAME@
