package dev.dyno.transfer;

import java.util.List;

/**
 * What reads and writes in the dyno: a shell that is there itself, so that whatever a path leads
 * over, it leads to something of the dyno's. Where nothing else sees to that (plain), the place is
 * checked once it is open and cannot be swapped any more.
 */
final class Scripts {
    private static final String INSIDE =
            """
            unset CDPATH
            root=$1
            inside() {
              case $root:$1/ in
                :*|"$root:$root"/*) ;;
                *) exit 68 ;;
              esac
            }
            here() { case $1 in /*) printf %s "$1" ;; *) printf %s "./$1" ;; esac; }
            gnu=
            case $(tar --version 2>/dev/null) in
              *GNU*) gnu='--format=gnu --hard-dereference --ignore-failed-read' ;;
            esac
            """;

    private static final String OUT =
            """
            file=$(here "$2"; echo .); file=${file%.}
            if [ -d "$file" ]; then
              [ "$3" ] || exit 67
              cd -P "$file" || exit 66
              inside "$(pwd -P)"
              printf d
              tar $gnu -cf - .
              [ $? -le 1 ] || exit 70
              exit 0
            fi
            [ -f "$file" ] && [ -r "$file" ] || exit 66
            exec 3<"$file"
            if [ "$root" ]; then
              real=$(readlink /proc/self/fd/3) || exit 68
              inside "$real"
            fi
            printf f
            cat <&3 || exit 70
            """;

    private static final String IN =
            """
            target=$(here "$2"; echo .); target=${target%.}
            if [ -d "$target" ] || [ "${target%/}" != "$target" ]; then target=${target%/}/$3; fi
            name=${target##*/}
            place=${target%/*}
            case $name in ''|.|..) exit 66 ;; esac
            cd -P "${place:-/}" || exit 66
            inside "$(pwd -P)"
            if [ -e "./$name" ] || [ -h "./$name" ]; then exit 69; fi
            umask 022
            if [ "$4" = directory ]; then
              mkdir "./$name" && cd -P "./$name" || exit 70
              inside "$(pwd -P)"
              tar -xof - && exit 0
              cd .. && rm -rf "./$name"
              exit 70
            fi
            set -C
            : >"./$name" || exit 70
            set +C
            exec 3>>"./$name"
            if [ "$root" ]; then
              real=$(readlink /proc/self/fd/3) || exit 68
              inside "$real"
            fi
            if cat >&3 && [ "$(wc -c <"./$name")" -eq "$4" ]; then
              [ "$5" ] && chmod +x "./$name"
              exit 0
            fi
            rm -f "./$name"
            exit 70
            """;

    private Scripts() {}

    /**
     * Writes a file, or with {@code recursive} a directory as an archive of tar, to its stdout;
     * which of them it is says the first byte: f or d.
     *
     * @param root the directory it must not leave; empty where it cannot
     */
    static List<String> out(String root, String file, boolean recursive) {
        return List.of("/bin/sh", "-c", INSIDE + OUT, "dyno", root, file, recursive ? "-r" : "");
    }

    /**
     * Reads a file of this size, or an archive of a directory, from its stdin.
     *
     * @param name what it is called if the path is a directory's
     * @param what {@code directory}, or the file's size
     */
    static List<String> in(String root, String path, String name, String what, boolean executable) {
        return List.of(
                "/bin/sh",
                "-c",
                INSIDE + IN,
                "dyno",
                root,
                path,
                name,
                what,
                executable ? "executable" : "");
    }
}
