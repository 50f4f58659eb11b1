package dev.dyno.process;

/** What system and processor this is, where constants and calls differ by it. */
public final class Machine {
    public static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");
    public static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");

    static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
    static final boolean INTEL = System.getProperty("os.arch", "").equals("amd64");

    private Machine() {}
}
