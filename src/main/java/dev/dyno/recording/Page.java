package dev.dyno.recording;

import dev.dyno.text.Printable;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/**
 * A page that plays a recording in any browser, without a network: asciinema's player, the
 * recording as inert text, and a policy that lets nothing else run or load.
 */
public final class Page {
    private static final String STYLE =
            """
            html { background: #16181d; color: #c9cdd4; font: 16px/1.5 system-ui, sans-serif }
            body { margin: 0; padding: 0.5em 1em; height: 100vh; box-sizing: border-box; display: flex; flex-direction: column }
            h1 { margin: 0 0 0.5em; font-size: 1em; font-weight: 600; overflow-wrap: anywhere; max-height: 6em; overflow-y: auto }
            code { font: 0.95em ui-monospace, monospace; color: #fff }
            #player { flex: 1; min-height: 0 }
            """;

    /** Shows how it ended until it is played. */
    private static final String START =
            """
            const cast = document.getElementById("recording");
            const options = JSON.parse(cast.dataset.options);
            AsciinemaPlayer.create({ data: cast.textContent.trim() }, document.getElementById("player"), options);
            """;

    private final Path recording;
    private final Pace pace;

    /**
     * @param pace at which the page plays it
     */
    public Page(Path recording, Pace pace) {
        this.recording = recording;
        this.pace = pace;
    }

    /**
     * Writes the page.
     *
     * @throws dev.dyno.UserError where the file is no recording
     */
    public void write(OutputStream out) throws IOException {
        Header header;
        long end = 0;
        try (CastReader reader = CastReader.open(recording)) {
            header = reader.header();
            for (Event event = reader.next(); event != null; event = reader.next()) {
                end = event.micros();
            }
        }
        byte[] player = resource("asciinema-player.js");
        byte[] start = bytes(START);
        out.write(bytes(head(header, policy(player, start))));
        out.write(resource("asciinema-player.css"));
        out.write(bytes(STYLE + "</style>\n</head>\n<body>\n" + title(header)));
        out.write(bytes("<div id=\"player\"></div>\n"));
        out.write(
                bytes("<script type=\"application/x-asciicast\" id=\"recording\" data-options='"));
        out.write(bytes(options(end) + "'>\n"));
        copy(out);
        out.write(bytes("</script>\n<script>"));
        out.write(player);
        out.write(bytes("</script>\n<script>"));
        out.write(start);
        out.write(bytes("</script>\n</body>\n</html>\n"));
    }

    private static String head(Header header, String policy) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\""
                + policy
                + "\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>"
                + html(header.title().isEmpty() ? header.command() : header.title())
                + "</title>\n<style>\n";
    }

    private static String title(Header header) {
        return "<h1>"
                + html(header.title())
                + (header.title().isEmpty() || header.command().isEmpty() ? "" : ": ")
                + "<code>"
                + html(header.command())
                + "</code></h1>\n";
    }

    /**
     * Only these two scripts run, and the player's terminal, which is WebAssembly in its script.
     */
    private static String policy(byte[] player, byte[] start) {
        return "default-src 'none'; style-src 'unsafe-inline'; script-src 'wasm-unsafe-eval' "
                + hash(player)
                + " "
                + hash(start)
                + "; base-uri 'none'; form-action 'none'";
    }

    private static String hash(byte[] script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script);
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private String options(long end) {
        String shown = seconds(end + Event.SECOND / 10);
        String wait =
                pace.longestWait() == Long.MAX_VALUE
                        ? ""
                        : ", \"idleTimeLimit\": " + seconds(pace.longestWait());
        return "{\"fit\": \"both\", \"preload\": true, \"poster\": \"npt:"
                + shown
                + "\", \"speed\": "
                + pace.speed()
                + wait
                + "}";
    }

    private static String seconds(long micros) {
        return String.format(Locale.ROOT, "%.6f", (double) micros / Event.SECOND);
    }

    /** The whole lines. In them {@code <} stands only within strings, and so may be escaped. */
    private void copy(OutputStream out) throws IOException {
        byte[] escaped = bytes("\\u003c");
        var line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(recording), 1 << 16)) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '<') {
                    line.writeBytes(escaped);
                } else {
                    line.write(b);
                }
                if (b == '\n') {
                    line.writeTo(out);
                    line.reset();
                }
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("dyno's installation lacks " + name);
            }
            return in.readAllBytes();
        }
    }

    private static String html(String text) {
        return Printable.escape(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
