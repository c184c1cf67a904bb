"""Entry."""
def main():
    print("hello")
