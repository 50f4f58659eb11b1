package dev.dyno.change;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs shell lines in an overlay over a directory {@code lower}, as dyno mounts it.
 *
 * @param user in a user namespace, as for an ordinary user
 */
record OverlayMount(Path directory, boolean user) {
    boolean works() throws IOException, InterruptedException {
        Path here = Files.createDirectories(directory.resolve("probe"));
        Files.createDirectories(here.resolve("lower"));
        return run(here, "echo > made").isEmpty() && Files.exists(here.resolve("upper/made"));
    }

    /** What was said against it. */
    String run(Path here, String line) throws IOException, InterruptedException {
        for (String name : new String[] {"upper", "work", "app"}) {
            Files.createDirectories(here.resolve(name));
        }
        String options = user ? "userxattr" : "redirect_dir=off,metacopy=off";
        String mount =
                "mount -n -i -t overlay -o lowerdir=lower,upperdir=upper,workdir=work,"
                        + options
                        + " overlay app && cd app && { "
                        + line
                        + "; }";
        Process process =
                new ProcessBuilder("unshare", user ? "-Urm" : "-m", "/bin/sh", "-c", mount)
                        .directory(here.toFile())
                        .redirectErrorStream(true)
                        .start();
        byte[] said = process.getInputStream().readAllBytes();
        int status = process.waitFor();
        return new String(said, StandardCharsets.UTF_8) + (status == 0 ? "" : "status " + status);
    }
}
