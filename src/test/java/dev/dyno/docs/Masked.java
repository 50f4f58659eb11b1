package dev.dyno.docs;

/** A text in which nothing is left that differs from run to run. */
final class Masked {
    private Masked() {}

    static String of(String text) {
        return text.replaceAll("\\b(run|release)\\.[\\dN]+", "$1.N")
                .replaceAll("(?m)^\\d{1,2}:\\d\\d:\\d\\d [AP]M", "TIME")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+\\+00:00", "TIME")
                .replaceAll("\\d{4}/\\d\\d/\\d\\d [\\d:]+ [+-]\\d{4} \\(~ \\d+\\w ago\\)", "TIME")
                .replaceAll("by user \\S+", "by user U")
                .replaceAll("\\b\\d+\\.\\ds ", "TOOK ")
                .replaceAll("─+", "─")
                .replaceAll("the \\d+\\. of", "the N. of")
                .replaceAll("done, \\d+ kB", "done, N kB")
                .replaceAll("my port is \\d+", "my port is N");
    }

    /** Also without the columns of {@code ps}, {@code pgrep} and {@code top} that do. */
    static String processes(String text) {
        return of(text).replaceAll("(?m)^ *\\d+ u\\d+ .* (\\w+)$", "PID USER $1")
                .replaceAll("(?m)^ *\\d+ (\\S+ +\\w)\\S* +\\d+:\\d\\d ", "PID $1 TIME ")
                .replaceAll("(?m)^\\d+ (?=sleep)", "PID ")
                .replaceAll("(?m) \\S*/bwrap --args .*$", " bwrap")
                .replaceAll("(?m)^top - [\\d:]+ up .*, +load average:[ \\d.,]+$", "top - TIME")
                .replaceAll("(?m)^ *PID +(\\w+) +.* (\\w+)$", "PID $1 $2")
                .replaceAll("(?m)^(Tasks: +\\d+ total, +\\d+ running,).*$", "$1");
    }
}
