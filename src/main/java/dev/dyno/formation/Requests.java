package dev.dyno.formation;

import dev.dyno.UserError;
import dev.dyno.store.Fields;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory in which a command leaves what it asks of a running formation, {@code
 * <pid>-<number>}, and finds the answer, {@code <pid>-<number>.answer}. Each file appears whole.
 */
final class Requests {
    private static final String ANSWER = ".answer";
    private static final Pattern FILE = Pattern.compile("(\\d{1,18}-\\d{1,9})(\\.answer)?");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path directory;

    /** What could not be removed and must not be taken twice. */
    private final Set<String> stuck = new HashSet<>();

    Requests(Path directory) {
        this.directory = directory;
    }

    /**
     * @return the name of the request
     * @throws UserError where it cannot be written
     */
    String send(Request request) {
        String name = ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        try {
            request.fields().write(directory.resolve(name));
            return name;
        } catch (IOException e) {
            throw new UserError(
                    "cannot write to " + directory + ": " + e.getMessage(),
                    "Free some space there, or make it writable.");
        }
    }

    /** The answer, which is taken out; empty while there is none. */
    Optional<Answer> answer(String name) {
        Path file = directory.resolve(name + ANSWER);
        try {
            Answer answer = Answer.of(Fields.read(file));
            Files.deleteIfExists(file);
            return Optional.of(answer);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError("cannot read the answer in " + file + ": " + e.getMessage());
        }
    }

    /** Takes back a request that nobody has taken. */
    void withdraw(String name) {
        remove(directory.resolve(name));
    }

    /** The names of the requests there are; answers that nobody waits for are removed. */
    List<String> waiting() {
        var waiting = new ArrayList<String>();
        for (Path entry : entries()) {
            Matcher matcher = FILE.matcher(entry.getFileName().toString());
            if (!matcher.matches()) {
                continue; // being written, or foreign
            }
            String name = matcher.group(1);
            if (matcher.group(2) == null) {
                waiting.add(name);
            } else if (!isAwaited(name)) {
                remove(entry);
            }
        }
        waiting.removeAll(stuck);
        waiting.sort(null);
        return waiting;
    }

    /**
     * Takes a request out.
     *
     * @throws IllegalArgumentException or {@link UserError} where it is none; empty where it was
     *     withdrawn
     */
    Optional<Request> take(String name) {
        Path file = directory.resolve(name);
        try {
            return Optional.of(Request.of(Fields.read(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            if (!remove(file)) {
                stuck.add(name);
            }
        }
    }

    /** Puts the answer where the command looks for it, if it still does. */
    void reply(String name, Answer answer) {
        try {
            if (isAwaited(name)) {
                answer.fields().write(directory.resolve(name + ANSWER));
            }
        } catch (IOException e) {
            // The command will say that there was no answer.
        }
    }

    /** Removes what commands left that are no more. */
    void removeStale() {
        for (String name : waiting()) {
            if (!isAwaited(name)) {
                remove(directory.resolve(name));
            }
        }
    }

    /** Whether the command is still there. */
    private static boolean isAwaited(String name) {
        return ProcessHandle.of(Long.parseLong(name.substring(0, name.indexOf('-')))).isPresent();
    }

    private static boolean remove(Path file) {
        try {
            Files.deleteIfExists(file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private List<Path> entries() {
        var entries = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            // It is gone, and so are they.
        }
        return entries;
    }
}
