package dev.dyno.sandbox;

import dev.dyno.UserError;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well dynos can be kept apart on this machine, found by doing it once and then remembered for
 * as long as nothing it depends on has changed. A refusal is never remembered: the user may just
 * have mended it.
 */
public final class Isolation {
    /** What a dyno is at most. */
    public enum Level {
        NAMESPACES,
        PLAIN
    }

    private final @Nullable Findings findings;
    private final String reason;
    private final String remedy;

    private Isolation(@Nullable Findings findings, String reason, String remedy) {
        this.findings = findings;
        this.reason = reason;
        this.remedy = remedy;
    }

    /**
     * @param cacheFile where the answer is kept; one that is broken is written anew
     * @param scratch a directory on the file system the dynos are on; made if it is missing
     * @param host dyno's own environment
     */
    public static Isolation find(Path cacheFile, Path scratch, Map<String, String> host) {
        String system = System.getProperty("os.name", "");
        if (!system.equals("Linux")) {
            return plain("namespaces are Linux's, and this is " + system, "");
        }
        String bwrap = Programs.find("bwrap", host.getOrDefault("PATH", ""));
        if (bwrap == null) {
            return plain("there is no bubblewrap (bwrap) on this machine", Remedy.install());
        }
        try {
            String key = CacheKey.of(bwrap, scratch, host);
            @Nullable Findings known = FindingsFile.read(cacheFile, key);
            if (known != null) {
                return new Isolation(known, "", "");
            }
            var probe = new Probe(bwrap, scratch, host);
            @Nullable Findings found = probe.run();
            if (found == null) {
                return plain(probe.refusal(), Remedy.forRefusal(probe.refusal(), bwrap));
            }
            remember(cacheFile, key, found);
            return new Isolation(found, "", "");
        } catch (IOException e) {
            throw new UserError(
                    "cannot try out what isolation there is: " + reason(e),
                    "Free some space in " + scratch + ", or set DYNO_ISOLATION=plain.");
        }
    }

    private static void remember(Path cacheFile, String key, Findings found) {
        try {
            FindingsFile.write(cacheFile, key, found);
        } catch (IOException e) {
            // Then the next one tries it out again.
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason()
                : String.valueOf(e.getMessage());
    }

    private static Isolation plain(String reason, String remedy) {
        return new Isolation(null, reason, remedy);
    }

    public Level level() {
        return findings == null ? Level.PLAIN : Level.NAMESPACES;
    }

    /** Whether a dyno's changes can be laid over a slug; else it needs a copy. */
    public boolean overlay() {
        return how() != Overlay.NONE;
    }

    public Overlay how() {
        return findings == null ? Overlay.NONE : findings.overlay();
    }

    /** Whether {@link Place#processes()} limits the dyno alone here; else it limits nothing. */
    public boolean limitsProcesses() {
        return findings != null && findings.counted();
    }

    /** Why it is no better, in the words of the tool that refused; empty for namespaces. */
    public String reason() {
        return reason;
    }

    /** The command that would change it, or a sentence where none would; empty if neither. */
    public String remedy() {
        return remedy;
    }

    Findings findings() {
        if (findings == null) {
            throw new IllegalArgumentException("no namespaces: " + reason);
        }
        return findings;
    }
}
