"""What tests let the processes of a pool do; these import it, so it is a module of its own."""

import ctypes
import os
import signal
import time


def shout(items):
    """Each item in capitals; the items that are orders are followed."""
    return [ORDERS.get(item, str.upper)(item) for item in items]


def hang(_):
    """Python that never ends."""
    while True:
        pass


def hang_in_c(_):
    """Code in C that never ends and lets no thread of Python run, nor any signal handler."""
    ctypes.PyDLL(None).pause()
    hang_in_c(_)


def kill(_):
    """The end of the process."""
    os.kill(os.getpid(), signal.SIGKILL)


def leave(_):
    """The end of the process, as a library that aborts brings it about."""
    os._exit(3)


def devour(_):
    """More memory than there is."""
    return len(bytearray(1 << 40))


def fail(_):
    """An error that is the fault of whoever asked."""
    raise KeyError("no such thing")


def fail_strangely(_):
    """An error that cannot be pickled."""

    class Strange(Exception):
        pass

    raise Strange("from here")


def talk(item):
    """Prints and reads, where the pipes of the pool once were."""
    print("hello")
    os.write(1, b"hello")
    return item + os.read(0, 1).decode() + input_or_nothing()


def input_or_nothing():
    """What standard input has."""
    try:
        return input()
    except EOFError:
        return ""


def pid(_):
    """Which process this is."""
    return str(os.getpid())


def threads(_):
    """How many threads the libraries for linear algebra may use."""
    return os.environ["OPENBLAS_NUM_THREADS"] + os.environ["OMP_NUM_THREADS"]


def sleep(_):
    """A long time."""
    time.sleep(600)


_ORDERS = (hang, hang_in_c, kill, leave, devour, fail, fail_strangely, talk, pid, threads, sleep)
ORDERS = {function.__name__: function for function in _ORDERS}


def few(items):
    """Too few results."""
    return items[1:]


def dead_on_arrival():
    """A function that ends whatever unpickles it."""
    return os._exit(4)


class Stillborn:
    """Nothing survives unpickling this."""

    def __reduce__(self):
        return dead_on_arrival, ()

    def __call__(self, items):
        return items
