package dev.dyno.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may use whom: the table of docs/architecture.md, as data. */
class ArchitectureTest {
    private static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry("text", Set.of()),
                    Map.entry("process", Set.of()),
                    Map.entry("store", Set.of()),
                    Map.entry("app", Set.of()),
                    Map.entry("log", Set.of("text")),
                    Map.entry("limit", Set.of("process")),
                    Map.entry("slug", Set.of("process", "store", "text")),
                    Map.entry("release", Set.of("app", "slug", "store", "text")),
                    Map.entry(
                            "dyno",
                            Set.of(
                                    "app", "limit", "log", "process", "release", "slug", "store",
                                    "text")),
                    Map.entry("sandbox", Set.of("process", "text")),
                    Map.entry("terminal", Set.of("process")),
                    Map.entry("change", Set.of("slug", "text")),
                    Map.entry("recording", Set.of("terminal", "text")),
                    Map.entry("transfer", Set.of("process", "slug")),
                    Map.entry(
                            "bundle",
                            Set.of("app", "dyno", "log", "release", "slug", "store", "text")),
                    Map.entry("output", Set.of("log", "process", "text")),
                    Map.entry(
                            "formation",
                            Set.of(
                                    "app",
                                    "dyno",
                                    "limit",
                                    "log",
                                    "output",
                                    "process",
                                    "release",
                                    "slug",
                                    "store",
                                    "terminal",
                                    "text")),
                    Map.entry(
                            "cli",
                            Set.of(
                                    "app",
                                    "bundle",
                                    "change",
                                    "dyno",
                                    "formation",
                                    "limit",
                                    "log",
                                    "output",
                                    "process",
                                    "recording",
                                    "release",
                                    "sandbox",
                                    "slug",
                                    "store",
                                    "terminal",
                                    "text",
                                    "transfer")));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/test-classes/"))
                    .importPackages("dev.dyno");

    @Test
    void aPackageUsesOnlyThoseBelowIt() {
        var wrong = new TreeSet<String>();
        for (JavaClass user : CLASSES) {
            String from = packageOf(user);
            if (from.isEmpty()) {
                continue;
            }
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                String to = packageOf(dependency.getTargetClass());
                if (!to.isEmpty() && !to.equals(from) && !allowed(from).contains(to)) {
                    wrong.add(dependency.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPackageStandsInTheTable() {
        var packages = new TreeSet<String>();
        CLASSES.forEach(found -> packages.add(packageOf(found)));
        packages.remove("");
        assertThat(packages).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    }

    @Test
    void eachLibraryIsUsedInOnePlace() {
        assertOnly("picocli.", "cli");
        assertOnly("com.sun.jna.", "process");
        assertOnly("org.apache.commons.exec.", "process");
        assertOnly("ch.qos.logback.", "cli");
        assertOnly("com.google.gson.", "app", "cli");
    }

    private static void assertOnly(String library, String... packages) {
        var users = new TreeSet<String>();
        for (JavaClass user : CLASSES) {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                if (dependency.getTargetClass().getName().startsWith(library)) {
                    users.add(packageOf(user));
                }
            }
        }
        assertThat(users).as("users of " + library).containsExactlyInAnyOrder(packages);
    }

    private static Set<String> allowed(String from) {
        return MAY_USE.getOrDefault(from, Set.of());
    }

    /** {@code log} for {@code dev.dyno.log.LogLine}; empty outside of dyno and for UserError. */
    private static String packageOf(JavaClass found) {
        String name = found.getPackageName();
        return name.startsWith("dev.dyno.") ? name.substring("dev.dyno.".length()) : "";
    }
}
