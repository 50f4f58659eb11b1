"""The apps that are measured with."""

import os

TEXT = "x" * 4096


def app(path, files=0):
    """A directory with a Procfile and so many other files."""
    os.mkdir(path)
    with open(f"{path}/Procfile", "w") as procfile:
        procfile.write("web: true\n")
    tree(path, files)
    return path


def tree(path, files):
    """Of 0 to 4 kB, twenty in a directory, as in node_modules."""
    for i in range(files):
        directory = f"{path}/{i // 400}/{i // 20}"
        if i % 20 == 0:
            os.makedirs(directory)
        with open(f"{directory}/{i}.js", "w") as file:
            file.write(f"{i} {TEXT[:i * 37 % 4096]}\n")
