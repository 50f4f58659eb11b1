package dev.dyno.log;

import dev.dyno.text.Palette;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What users did to the app: builds, deploys, releases, one-offs. */
record ApiMessage(Palette palette) {
    private static final Pattern BUILD = Pattern.compile("(Build started by user )(.+)");
    private static final Pattern DEPLOY = Pattern.compile("(Deploy )(\\w+)( by user )(.+)");
    private static final Pattern RELEASE =
            Pattern.compile("(Release )(v\\d+)( created by user )(.+)");

    String paint(String message) {
        if (message.equals("Build succeeded")) {
            return palette.success(message);
        }
        if (message.startsWith("Build failed")) {
            return palette.failure(message);
        }
        Matcher build = BUILD.matcher(message);
        if (build.matches()) {
            return build.group(1) + palette.green(build.group(2));
        }
        Matcher deploy = DEPLOY.matcher(message);
        if (deploy.matches()) {
            return by(deploy, palette.cyan(deploy.group(2)));
        }
        Matcher release = RELEASE.matcher(message);
        if (release.matches()) {
            return by(release, palette.magenta(release.group(2)));
        }
        return CommandPhrase.paint(palette, message).orElse(message);
    }

    private String by(Matcher what, String name) {
        return what.group(1) + name + what.group(3) + palette.green(what.group(4));
    }
}
