# What may stand where the cursor is, one word a line, a tab and its meaning behind it where there is
# one; :files, :directories and :programs for what the shell itself completes. No program is started.
__@NAME@_words() { # the words behind @NAME@; the last is being typed
  [ -z "${ZSH_VERSION-}" ] || emulate -L sh
  if [ $# -le 1 ]; then
    __@NAME@_commands
    return
  fi
  __@NAME@_takes "$1" || return 0
  command=$1 app= want= behind= count=0
  shift
  while [ $# -gt 1 ]; do
    word=$1
    shift
    if [ -n "$want" ]; then
      [ "$want" != apps ] || app=$word
      want=
      continue
    fi
    [ -z "$behind" ] || word=word
    case $word in
      --) behind=yes ;;
      --*=*) __@NAME@_kind "${word%%=*}" && [ "$kind" = apps ] && app=${word#*=} ;;
      -?) __@NAME@_kind "$word" && want=$kind ;;
      --*) __@NAME@_kind "$word" && want=$kind ;;
      -a*) app=${word#-a} ;;
      *) count=$((count + 1)) ;;
    esac
  done
  prefix=
  case $want$behind$1 in
    --*=*)
      __@NAME@_kind "${1%%=*}" || return 0
      want=$kind prefix=${1%%=*}=
      ;;
    -*)
      [ "$others:$count" = "programs:0" ] || [ "$others" != programs ] || {
        echo :files
        return
      }
      __@NAME@_flags "$command"
      return
      ;;
  esac
  if [ -z "$want" ]; then
    want=$others
    [ "$others" != programs ] || [ $count = 0 ] || want=files
    [ "$others" != releases ] || [ $count = 0 ] || want=none
  fi
  __@NAME@_candidates "$want" "$1"
}

# Sets kind to what this flag takes.
__@NAME@_kind() {
  case "$takes " in
    *" $1:"*)
      kind=${takes#*" $1:"}
      kind=${kind%% *}
      ;;
    *) return 1 ;;
  esac
}

__@NAME@_candidates() { # the kind, and what is typed of it
  unset CDPATH
  state=${DYNO_HOME:-${XDG_STATE_HOME:-$HOME/.local/state}/dyno}
  case $state in /*) ;; *) state=$PWD/$state ;; esac
  case $1 in
    none) return ;;
    files | directories) echo ":$1" ;;
    commands) __@NAME@_commands ;;
    apps)
      for file in "$state"/apps/*/app; do
        __@NAME@_read_app "$file" && printf '%s\n' "$prefix$name"
      done
      echo :directories
      ;;
    types) __@NAME@_types "" ;;
    quantities) __@NAME@_types = ;;
    programs)
      case $2 in
        */*) echo :files ;;
        *)
          __@NAME@_types ""
          echo :programs
          ;;
      esac
      ;;
    keys) __@NAME@_keys "" ;;
    settings) __@NAME@_keys = ;;
    dynos) __@NAME@_entries dynos '*.*' ;;
    runs) __@NAME@_entries runs '*.*' ;;
    releases) __@NAME@_entries releases 'v*' ;;
    *,*)
      rest=$1,
      while [ -n "$rest" ]; do
        printf '%s\n' "$prefix${rest%%,*}"
        rest=${rest#*,}
      done
      ;;
  esac
}

# Sets directory, and key to the directory of the app's state, empty where it was never used.
__@NAME@_app() {
  wanted=${app:-${DYNO_APP:-${HEROKU_APP-}}}
  case $wanted in '~/'*) wanted=$HOME/${wanted#??} ;; esac
  here=
  if [ -d "${wanted:-.}" ]; then
    cd -P -- "${wanted:-.}" && here=$PWD
  fi
  for file in "$state"/apps/*/app; do
    __@NAME@_read_app "$file" || continue
    if [ "$directory" = "$here" ] || { [ -z "$here" ] && [ "$name" = "$wanted" ]; }; then
      key=${file%/app}
      return
    fi
  done
  directory=$here key=
}

__@NAME@_read_app() {
  [ -r "$1" ] || return 1
  name= directory=
  while IFS= read -r line; do
    case $line in
      name=*) name=${line#name=} ;;
      directory=*) directory=${line#directory=} ;;
    esac
  done <"$1"
  case $name in '' | *[!a-z0-9-]*) return 1 ;; esac
  [ -d "$directory" ]
}

__@NAME@_types() { # what to put behind each
  __@NAME@_app
  [ -r "$directory/Procfile" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in *:*) __@NAME@_name "${line%%:*}" "$1" ;; esac
  done <"$directory/Procfile"
}

__@NAME@_keys() {
  __@NAME@_app
  [ -r "$directory/.env" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in *=*) __@NAME@_name "${line%%=*}" "$1" ;; esac
  done <"$directory/.env"
}

__@NAME@_name() {
  found=$1
  while :; do
    case $found in
      [' 	']*) found=${found#?} ;;
      *[' 	']) found=${found%?} ;;
      'export '*) found=${found#export } ;;
      *) break ;;
    esac
  done
  case $found in
    '' | *[!A-Za-z0-9_-]*) ;;
    *) printf '%s\n' "$prefix$found$2" ;;
  esac
}

__@NAME@_entries() { # the directory in the app's state, and what those in it are called
  __@NAME@_app
  [ -n "$key" ] || return 0
  for file in "$key/$1"/*; do
    file=${file##*/}
    case $file in
      *[!A-Za-z0-9._-]* | *.status | *.output | *.part) ;;
      $2) printf '%s\n' "$prefix$file" ;;
    esac
  done
}
