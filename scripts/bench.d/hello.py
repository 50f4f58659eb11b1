"""A Java program that says hello: the floor of whatever is a Java program too."""

import os
import subprocess

JAVA = os.environ["JAVA_HOME"] + "/bin/java"
SOURCE = """
class Hello {
    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
"""


def compiled(work):
    """What its java is to be given to run it."""
    with open(f"{work}/Hello.java", "w") as source:
        source.write(SOURCE)
    subprocess.run([f"{JAVA}c", "-d", work, f"{work}/Hello.java"], check=True)
    return ["-cp", work, "Hello"]
