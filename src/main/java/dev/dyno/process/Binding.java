package dev.dyno.process;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * What the native methods of this package are bound to: dyno's own library where it was built
 * (src/main/c/calls.c), which is there at once, else the C library by JNA, which takes some 25 ms
 * to load.
 */
public final class Binding {
    private static final String LIBRARY = "libdyno.so";

    private static final boolean OWN = load();

    private Binding() {}

    /** Whether there is dyno's own library, so that native calls cost no start-up. */
    public static boolean isOwn() {
        return OWN;
    }

    /** Binds the native methods of a class; to be called when it is initialised. */
    static void bind(Class<?> calls) {
        if (!OWN) {
            Native.register(calls, Platform.C_LIBRARY_NAME);
        }
    }

    @SuppressWarnings("restricted") // a library of our own
    private static boolean load() {
        String folder = System.getProperty("dyno.natives", "");
        if (folder.isEmpty() || !Machine.LINUX) {
            return false;
        }
        try {
            System.load(folder + "/" + LIBRARY);
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false; // not built, or for another machine
        }
    }
}
