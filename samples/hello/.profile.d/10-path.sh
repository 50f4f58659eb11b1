# Sourced by every dyno before its command, as are all scripts in .profile.d.
export PATH="$HOME/bin:$PATH"
