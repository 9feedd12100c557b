try{document.documentElement.dataset.theme=localStorage.theme||""}catch{}document.documentElement.classList.add("js")
