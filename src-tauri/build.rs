fn main() {
    println!("cargo::rerun-if-changed=src-tauri/capabilities");
}
