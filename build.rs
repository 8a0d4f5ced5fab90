//! Puts the icon, the version and the manifest into a Windows program. Does nothing for other systems.

use std::{env, fs, path::PathBuf};

fn main() {
    let resources = "packaging/windows/plandesk.rc";
    for file in [resources, "packaging/windows/plandesk.manifest", "packaging/windows/plandesk.ico"] {
        println!("cargo:rerun-if-changed={file}");
    }
    // A file, as each compiler of resources wants the quotes of a macro on its command line in its own way.
    let version = env!("CARGO_PKG_VERSION");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the folder of a build script"));
    let header = format!("#define VERSION \"{version}\"\n#define VERSION_NUMBERS {},0\n", version.replace('.', ","));
    fs::write(folder.join("version.h"), header).expect("a build script may write to its folder");
    let embedded = embed_resource::compile(resources, embed_resource::ParamsIncludeDirs([folder])).manifest_required();
    embedded.expect("rc.exe or windres compiles the resources of a Windows program");
}
