package dev.dyno.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;

/** What a user can do about a machine that refuses namespaces (docs/isolation.md). */
final class Remedy {
    private static final String APPARMOR =
            "sudo apt install apparmor-profiles && sudo install -m644"
                    + " /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/"
                    + " && sudo apparmor_parser -r /etc/apparmor.d/bwrap-userns-restrict";

    private Remedy() {}

    /** The command that installs bubblewrap, by the package manager that is there. */
    static String install() {
        return install("bubblewrap");
    }

    static String install(String what) {
        String[][] managers = {
            {"apt-get", "sudo apt install "},
            {"dnf", "sudo dnf install "},
            {"pacman", "sudo pacman -S "},
            {"zypper", "sudo zypper install "},
            {"apk", "sudo apk add "},
            {"nix-env", "nix-env -iA nixpkgs."}
        };
        for (String[] manager : managers) {
            if (Programs.find(manager[0], "") != null) {
                return manager[1] + what;
            }
        }
        return "Install " + what + ".";
    }

    /** For what bwrap said when it was tried. */
    static String forRefusal(String refusal, String bwrap) {
        if (one("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
                && (refusal.contains("uid map") || refusal.contains("RTM_NEWADDR"))) {
            return APPARMOR;
        }
        if (refusal.contains("max_*_namespaces") || refusal.contains("ENOSPC")) {
            return "sudo sysctl -w user.max_user_namespaces=15000";
        }
        if (refusal.contains("No permissions to create")) {
            return zero("/proc/sys/kernel/unprivileged_userns_clone")
                    ? "sudo sysctl -w kernel.unprivileged_userns_clone=1"
                    : container();
        }
        if (refusal.contains("mount proc") || refusal.contains("Operation not permitted")) {
            return container();
        }
        if (refusal.contains("Unknown option")) {
            return "Update " + bwrap + ": dyno needs bubblewrap 0.8.";
        }
        return "";
    }

    private static String container() {
        return "In a container, start that with --security-opt seccomp=unconfined"
                + " --security-opt systempaths=unconfined; or run dyno outside.";
    }

    private static boolean one(String file) {
        return says(file, "1");
    }

    private static boolean zero(String file) {
        return says(file, "0");
    }

    private static boolean says(String file, String text) {
        try {
            return Files.readString(Path.of(file)).strip().equals(text);
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
