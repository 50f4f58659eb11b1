package dev.dyno.log;

import dev.dyno.text.Palette;
import dev.dyno.text.Palette.Level;

/**
 * Log lines as {@code heroku logs} prints them: a header in the colour of the process, a message
 * whose parts are coloured where the platform wrote it (heroku.md 3.3). To a pipe a line goes as it
 * is; on a terminal only a program's own colours are obeyed.
 */
public final class LogPrinter {
    private final Palette palette;
    private final boolean terminal;
    private final ProcessColours processes;
    private final RouterMessage router;
    private final DynoMessage dyno;
    private final ApiMessage api;

    /**
     * A printer for one stream of lines: which colour a process gets depends on those before it.
     *
     * @param terminal whether somebody's terminal, which obeys control characters, is written to
     */
    public LogPrinter(Palette palette, boolean terminal) {
        this.palette = palette;
        this.terminal = terminal;
        this.processes = new ProcessColours(palette);
        this.router = new RouterMessage(palette, processes);
        this.dyno = new DynoMessage(palette);
        this.api = new ApiMessage(palette);
    }

    /** The line as it is to be shown, without a line end. */
    public String print(LogLine line) {
        boolean coloured = palette.level() != Level.NONE;
        String message = terminal ? TerminalMessage.of(line.message(), coloured) : line.message();
        StringBuilder header = new StringBuilder();
        line.appendHeader(header);
        if (!coloured) {
            return header.append(' ').append(message).toString();
        }
        return processes.paint(line.process(), header.toString())
                + " "
                + paint(line.process(), message.strip());
    }

    private String paint(String process, String message) {
        return switch (ProcessColours.typeOf(process)) {
            case "router" -> router.paint(message);
            case "run" -> dyno.paint(message);
            case "web" -> dyno.paintWeb(message);
            case "api" -> api.paint(message);
            default -> message;
        };
    }
}
