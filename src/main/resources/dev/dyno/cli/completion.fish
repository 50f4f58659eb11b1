# Completion of @NAME@ for fish. To have it: @NAME@ completion fish | source, in ~/.config/fish/config.fish
function __@NAME@_complete
    set -l typed (commandline -opc)
    set -e typed[1]
    set -l current (commandline -ct)
    for line in (sh -c '@WORDS@
__@NAME@_words "$@"' @NAME@ $typed "$current")
        switch $line
            case :files
                __fish_complete_path $current
            case :directories
                __fish_complete_directories $current
            case :programs
                test -n "$current"; and complete -C"$current"
            case '*'
                printf '%s\n' $line
        end
    end
end
complete -c @NAME@ -f -a '(__@NAME@_complete)'
